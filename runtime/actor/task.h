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
class TaskBase;

namespace impl {

/// Tells the process what to run next; defined with Self.
void setNext(Self& self, std::coroutine_handle<> next) noexcept;
void setFinished(Self& self) noexcept;

struct PromiseBase
{
    Self* self = nullptr; ///< the process it runs in; set when it is first awaited
    std::coroutine_handle<> frame; ///< its own
    PromiseBase* awaitedBy = nullptr; ///< null: nobody, or it has ended
    TaskBase* awaits = nullptr; ///< which task; that one is in the frame of this coroutine
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
            PromiseBase* outer = std::exchange(promise.awaitedBy, nullptr);
            if (!outer) {
                setFinished(*promise.self);
                return;
            }
            outer->awaits = nullptr;
            setNext(*promise.self, outer->frame);
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

/// The part of a task that does not depend on its value. Not moved while it is awaited.
/// Ownership: owns the coroutine's frame. Thread: the worker that runs the process.
class TaskBase
{
public:
    TaskBase() = default;
    explicit TaskBase(impl::PromiseBase& promise) noexcept : m_promise(&promise) {}
    TaskBase(TaskBase&& other) noexcept : m_promise(std::exchange(other.m_promise, nullptr)) {}
    TaskBase(const TaskBase&) = delete;
    TaskBase& operator=(const TaskBase&) = delete;
    ~TaskBase()
    {
        if (m_promise)
            destroyFrames();
    }

    /// `outer` waits for this task, which runs next.
    void runFor(impl::PromiseBase& outer) noexcept
    {
        m_promise->self = outer.self;
        m_promise->awaitedBy = &outer;
        outer.awaits = this;
        impl::setNext(*outer.self, m_promise->frame);
    }

protected:
    impl::PromiseBase* m_promise = nullptr;

private:
    /// The innermost of those that wait for each other goes first, as when a stack is unwound. One
    /// after the other: however long the chain, the machine stack does not grow.
    void destroyFrames() noexcept
    {
        impl::PromiseBase* innermost = m_promise;
        while (innermost->awaits)
            innermost = innermost->awaits->m_promise;
        while (innermost != m_promise) {
            impl::PromiseBase* outer = innermost->awaitedBy;
            std::exchange(outer->awaits, nullptr)->m_promise = nullptr;
            innermost->frame.destroy();
            innermost = outer;
        }
        // After a caught error the one who awaited this task lives on.
        if (m_promise->awaitedBy && m_promise->awaitedBy->awaits == this)
            m_promise->awaitedBy->awaits = nullptr;
        std::exchange(m_promise, nullptr)->frame.destroy();
    }
};

/// A lazily started coroutine that runs inside one process: `Task<int> helper(Self& self)` is
/// awaited by the process's body or by another task. Coming back is a jump through the process's
/// own loop, so deep or endless chains of tasks never grow the machine stack.
/// Ownership: owns its frame. Thread: the worker that runs the process.
template<class T = void>
class [[nodiscard]] Task : public TaskBase
{
public:
    using promise_type = impl::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;
    using Value = T;

    Task() = default;
    explicit Task(promise_type& promise) noexcept : TaskBase(promise) {}
    Task(Task&& other) noexcept = default;
    Task& operator=(Task&& other) noexcept
    {
        Task(std::move(other)).swap(*this);
        return *this;
    }
    Task(const Task&) = delete;
    Task& operator=(const Task&) = delete;
    void swap(Task& other) noexcept { std::swap(m_promise, other.m_promise); }

    /// \pre not empty
    [[nodiscard]] promise_type& promise() const noexcept
    {
        return static_cast<promise_type&>(*m_promise);
    }
    /// \pre not empty
    [[nodiscard]] Handle handle() const noexcept { return Handle::from_promise(promise()); }
    /// What the coroutine returned; throws what it threw. \pre it has ended.
    T result() { return promise().take(); }

    struct Awaiter
    {
        Task* task;

        bool await_ready() const noexcept { return false; }
        template<class Promise>
        void await_suspend(std::coroutine_handle<Promise> parent) const noexcept
        {
            task->runFor(parent.promise());
        }
        T await_resume() const { return task->result(); }
    };
    Awaiter operator co_await() & noexcept { return Awaiter{this}; }
    Awaiter operator co_await() && noexcept { return Awaiter{this}; }
};

namespace impl {

template<class T>
struct Promise : PromiseBase
{
    std::optional<T> value;

    Task<T> get_return_object() noexcept
    {
        frame = std::coroutine_handle<Promise>::from_promise(*this);
        return Task<T>(*this);
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
        frame = std::coroutine_handle<Promise>::from_promise(*this);
        return Task<void>(*this);
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
