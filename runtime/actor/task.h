// Task: a coroutine of a process body; bodies and their helper functions are made of it.
#pragma once

#include "runtime/actor/memory_pool.h"

#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <utility>

namespace exitwave::actor {

class Self;

namespace impl {

/// Tells the process what to run next; defined with Self.
void setNext(Self& self, std::coroutine_handle<> next) noexcept;
void setFinished(Self& self) noexcept;

struct PromiseBase
{
    Self* self = nullptr; ///< the process it runs in; set when it is first awaited
    std::coroutine_handle<> continuation; ///< who awaits it; null for the process's own function
    std::exception_ptr exception;

    /// Frames are small and short-lived: they come from the pool.
    static void* operator new(std::size_t size) { return MemoryPool::allocate(size); }
    static void operator delete(void* memory, std::size_t size)
    {
        MemoryPool::release(memory, size);
    }

    struct Final
    {
        bool await_ready() const noexcept { return false; }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> handle) const noexcept
        {
            PromiseBase& promise = handle.promise();
            if (promise.continuation)
                setNext(*promise.self, promise.continuation);
            else
                setFinished(*promise.self);
        }
        void await_resume() const noexcept {}
    };

    std::suspend_always initial_suspend() const noexcept { return {}; }
    Final final_suspend() const noexcept { return {}; }
    void unhandled_exception() noexcept { exception = std::current_exception(); }
};

template<class T>
struct Promise;

} // namespace impl

/// A lazily started coroutine that runs inside one process: `Task<int> helper(Self& self)` is
/// awaited by the process's body or by another task. Coming back is a jump through the process's
/// own loop, so deep or endless chains of tasks never grow the machine stack.
/// Ownership: owns its frame. Thread: the worker that runs the process.
template<class T = void>
class [[nodiscard]] Task
{
public:
    using promise_type = impl::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;
    using Value = T;

    Task() = default;
    explicit Task(Handle handle) noexcept : m_handle(handle) {}
    Task(Task&& other) noexcept : m_handle(std::exchange(other.m_handle, {})) {}
    Task& operator=(Task&& other) noexcept
    {
        Task(std::move(other)).swap(*this);
        return *this;
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    ~Task()
    {
        if (m_handle)
            m_handle.destroy();
    }
    void swap(Task& other) noexcept { std::swap(m_handle, other.m_handle); }

    [[nodiscard]] Handle handle() const noexcept { return m_handle; }
    /// What the coroutine returned; throws what it threw. \pre it has ended.
    T result() { return m_handle.promise().take(); }

    struct Awaiter
    {
        Handle handle;

        bool await_ready() const noexcept { return false; }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> parent) const noexcept
        {
            handle.promise().self = parent.promise().self;
            handle.promise().continuation = parent;
            impl::setNext(*parent.promise().self, handle);
        }
        T await_resume() const { return handle.promise().take(); }
    };
    Awaiter operator co_await() const& noexcept { return Awaiter{m_handle}; }
    Awaiter operator co_await() const&& noexcept { return Awaiter{m_handle}; }

private:
    Handle m_handle;
};

namespace impl {

template<class T>
struct Promise : PromiseBase
{
    std::optional<T> value;

    Task<T> get_return_object() noexcept
    {
        return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
    }
    template<class U>
    void return_value(U&& result)
    {
        value.emplace(std::forward<U>(result));
    }
    T take()
    {
        if (exception)
            std::rethrow_exception(exception);
        return std::move(*value);
    }
};

template<>
struct Promise<void> : PromiseBase
{
    Task<void> get_return_object() noexcept
    {
        return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
    }
    void return_void() const noexcept {}
    void take() const
    {
        if (exception)
            std::rethrow_exception(exception);
    }
};

} // namespace impl

} // namespace exitwave::actor
