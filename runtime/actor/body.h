// Body: a process whose code is a C++20 coroutine.
#pragma once

#include "runtime/actor/self.h"

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace exitwave::actor {

/// %RuntimeError{} with the message of a C++ exception.
[[nodiscard]] Term errorOfException(const std::exception_ptr& exception);

/// Runs the coroutines of one process, one jump at a time. Owned by the process.
/// Thread: the worker that runs the process.
class BodyBase : public Resumable
{
public:
    Resumed resume(Context& context) final;
    void timeout(std::uint32_t token) final;
    void reply(Context& context, Signal* answer) final;

protected:
    ~BodyBase() override;

    /// Calls the process's function.
    virtual Task<void> begin(Self& self) = 0;

    /// Destroys the coroutines. Called by the destructor of the class that owns their function.
    void endTask() { m_task = {}; }

private:
    Resumed run();
    Resumed ended();

    Self m_self;
    Task<void> m_task;
    bool m_begun = false;
};

/// Holds the function itself, so that what it has captured lives as long as the process.
template<class Function>
class Body final : public BodyBase
{
    static_assert(std::is_invocable_r_v<Task<void>, Function&, Self&>,
                  "a process body is called as Task<void>(Self&)");

public:
    explicit Body(Function function) : m_function(std::move(function)) {}
    ~Body() override { endTask(); }

private:
    Task<void> begin(Self& self) override { return m_function(self); }

    Function m_function;
};

template<class Function>
std::unique_ptr<Resumable> makeBody(Function function)
{
    return std::make_unique<Body<Function>>(std::move(function));
}

} // namespace exitwave::actor
