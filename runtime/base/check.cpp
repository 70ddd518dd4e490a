// What happens when a check fails.
#include "runtime/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace exitwave::base::impl {

bool checkFailed(std::atomic<bool>& said, const char* condition, const char* file, int line)
{
    // Relaxed: the flag guards nothing but the number of lines written.
    if (!said.exchange(true, std::memory_order_relaxed))
        std::fprintf(stderr, "exitwave: bug: check failed at %s:%d: %s\n", file, line, condition);
#ifndef NDEBUG
    std::abort();
#endif
    return false;
}

} // namespace exitwave::base::impl
