// Resumable: the code of a process, as schedulers see it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace exitwave::actor {

class Context;
struct Signal;

/// What a body says when it gives the worker back.
enum class Resumed : std::uint8_t {
    Yielded, ///< can go on; wants another slice
    Waiting, ///< cannot go on until a message, a reply or a timeout has come
    Exited, ///< has ended; Context::finish() was told why
};

/// A process body: a C++ coroutine, or an interpreter of another language.
/// Thread: one worker at a time, not always the same one. Owned by its process.
class Resumable
{
public:
    Resumable() = default;
    Resumable(const Resumable&) = delete;
    Resumable& operator=(const Resumable&) = delete;
    virtual ~Resumable() = default;

    static void* operator new(std::size_t size);
    static void operator delete(void* memory, std::size_t size);

    /// Runs until it ends, waits, or has used up the reductions in `context`.
    virtual Resumed resume(Context& context) = 0;
    /// The timer started with `token` has fired. Called between slices.
    virtual void timeout(std::uint32_t token) = 0;
    /// The answer to a request (Context::requestAlive, requestInfo). Takes the signal over.
    virtual void reply(Context& context, Signal* answer) = 0;
};

} // namespace exitwave::actor
