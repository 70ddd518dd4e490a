// Operation: what the members of Self return, to be awaited at once.
#pragma once

#include "runtime/term/term.h"
#include "runtime/trace/event.h"

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace exitwave::actor {

class Self;

/// What awaiting does.
enum class Outcome : std::uint8_t {
    Ready, ///< go on
    Yield, ///< go on in the next slice
    Raise, ///< what Self was told to raise
    Exit, ///< the process is about to die
};

/// An exception on its way to a catch or to the end of the process.
struct Raised
{
    trace::ExitKind kind{};
    term::Term value;
    term::Term stack;
};

/// What a suspended process waits for. Owned by the coroutine that waits.
class Waiter
{
public:
    /// Something has come. True when the process can go on; a fatal signal is no concern of this.
    virtual bool poll(Self& self) = 0;

protected:
    ~Waiter() = default;
};

/// The part that does not depend on the value.
class OperationBase
{
public:
    OperationBase(Self& self, Outcome outcome) : m_self(&self), m_outcome(outcome) {}

    bool await_ready() const noexcept { return m_outcome == Outcome::Ready; }
    void await_suspend(std::coroutine_handle<> handle) const;

protected:
    Self* m_self;
    Outcome m_outcome;
};

/// Has already happened when it is returned. Lives for one co_await expression.
template<class T>
class [[nodiscard]] Operation : public OperationBase
{
public:
    Operation(Self& self, Outcome outcome, T value)
        : OperationBase(self, outcome), m_value(std::move(value))
    {
    }
    T await_resume() { return std::move(m_value); }
    /// The same outcome with another value.
    template<class Convert>
    auto map(Convert convert) const
    {
        return Operation<decltype(convert(m_value))>(*m_self, m_outcome, convert(m_value));
    }

private:
    T m_value;
};

template<>
class [[nodiscard]] Operation<void> : public OperationBase
{
public:
    using OperationBase::OperationBase;
    void await_resume() const noexcept {}
};

} // namespace exitwave::actor
