// The parts of Result<T> that need no template.
#include "runtime/base/result.h"

#include <cstdio>
#include <cstdlib>

namespace exitwave::base {

std::string_view errorCodeName(ErrorCode code)
{
    switch (code) {
    case ErrorCode::InvalidInput:
        return "invalid input";
    case ErrorCode::NotFound:
        return "not found";
    case ErrorCode::Refused:
        return "refused";
    case ErrorCode::Unsupported:
        return "unsupported";
    case ErrorCode::Damaged:
        return "damaged";
    case ErrorCode::Io:
        return "input/output";
    case ErrorCode::Overflow:
        return "overflow";
    case ErrorCode::Internal:
        return "internal";
    }
    return "unknown";
}

void impl::resultMisused(const char* what, std::string_view message)
{
    std::fprintf(stderr,
                 "exitwave: bug: %s: %.*s\n",
                 what,
                 static_cast<int>(message.size()),
                 message.data());
    std::abort();
}

} // namespace exitwave::base
