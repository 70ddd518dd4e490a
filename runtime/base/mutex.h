// Mutex, MutexLock and CondVar with annotations that let clang prove who holds what.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

#if defined(__clang__)
#define EXITWAVE_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define EXITWAVE_THREAD_ATTRIBUTE(x)
#endif

/// The type is a lock.
#define EXITWAVE_CAPABILITY(name) EXITWAVE_THREAD_ATTRIBUTE(capability(name))
/// The type holds a lock for as long as it lives.
#define EXITWAVE_SCOPED_CAPABILITY EXITWAVE_THREAD_ATTRIBUTE(scoped_lockable)
/// The field may be touched only while the named mutex is held.
#define EXITWAVE_GUARDED_BY(mutex) EXITWAVE_THREAD_ATTRIBUTE(guarded_by(mutex))
/// What the pointer points to may be touched only while the named mutex is held.
#define EXITWAVE_PT_GUARDED_BY(mutex) EXITWAVE_THREAD_ATTRIBUTE(pt_guarded_by(mutex))
/// The caller must hold the named mutex.
#define EXITWAVE_REQUIRES(...) EXITWAVE_THREAD_ATTRIBUTE(requires_capability(__VA_ARGS__))
/// The caller must not hold the named mutex.
#define EXITWAVE_EXCLUDES(...) EXITWAVE_THREAD_ATTRIBUTE(locks_excluded(__VA_ARGS__))
/// The function takes the lock and returns holding it.
#define EXITWAVE_ACQUIRE(...) EXITWAVE_THREAD_ATTRIBUTE(acquire_capability(__VA_ARGS__))
/// The function lets go of the lock.
#define EXITWAVE_RELEASE(...) EXITWAVE_THREAD_ATTRIBUTE(release_capability(__VA_ARGS__))
/// The function takes the lock when it returns the given value.
#define EXITWAVE_TRY_ACQUIRE(...) EXITWAVE_THREAD_ATTRIBUTE(try_acquire_capability(__VA_ARGS__))
/// The analysis cannot follow this function; say why beside it.
#define EXITWAVE_NO_THREAD_SAFETY_ANALYSIS EXITWAVE_THREAD_ATTRIBUTE(no_thread_safety_analysis)

namespace exitwave::base {

/// std::mutex, visible to clang's thread safety analysis. Any thread.
/// Rule of the house: no lock is held while calling out.
class EXITWAVE_CAPABILITY("mutex") Mutex
{
public:
    Mutex() = default;
    Mutex(const Mutex&) = delete;
    Mutex& operator=(const Mutex&) = delete;

    void lock() EXITWAVE_ACQUIRE() { m_mutex.lock(); }
    void unlock() EXITWAVE_RELEASE() { m_mutex.unlock(); }
    bool tryLock() EXITWAVE_TRY_ACQUIRE(true) { return m_mutex.try_lock(); }

private:
    friend class CondVar;
    std::mutex m_mutex;
};

/// Holds a Mutex from construction to destruction. Lives on the stack of the locking thread.
class EXITWAVE_SCOPED_CAPABILITY [[nodiscard]] MutexLock
{
public:
    explicit MutexLock(Mutex& mutex) EXITWAVE_ACQUIRE(mutex) : m_mutex(mutex) { m_mutex.lock(); }
    MutexLock(const MutexLock&) = delete;
    MutexLock& operator=(const MutexLock&) = delete;
    ~MutexLock() EXITWAVE_RELEASE() { m_mutex.unlock(); }

private:
    Mutex& m_mutex;
};

/// A condition variable for a Mutex. Any thread. Waits can wake for no reason: call them in a loop
/// that tests the condition.
class CondVar
{
public:
    CondVar() = default;
    CondVar(const CondVar&) = delete;
    CondVar& operator=(const CondVar&) = delete;

    void wait(Mutex& mutex) EXITWAVE_REQUIRES(mutex)
    {
        std::unique_lock<std::mutex> lock(mutex.m_mutex, std::adopt_lock);
        m_condition.wait(lock);
        lock.release(); // the caller's MutexLock still owns it
    }

    /// False when the deadline passed first.
    bool waitUntil(Mutex& mutex, std::chrono::steady_clock::time_point deadline)
        EXITWAVE_REQUIRES(mutex)
    {
        std::unique_lock<std::mutex> lock(mutex.m_mutex, std::adopt_lock);
        const std::cv_status status = m_condition.wait_until(lock, deadline);
        lock.release(); // the caller's MutexLock still owns it
        return status == std::cv_status::no_timeout;
    }

    /// False when `timeout` passed first.
    bool waitFor(Mutex& mutex, std::chrono::nanoseconds timeout) EXITWAVE_REQUIRES(mutex)
    {
        return waitUntil(mutex, std::chrono::steady_clock::now() + timeout);
    }

    void notifyOne() noexcept { m_condition.notify_one(); }
    void notifyAll() noexcept { m_condition.notify_all(); }

private:
    std::condition_variable m_condition;
};

} // namespace exitwave::base
