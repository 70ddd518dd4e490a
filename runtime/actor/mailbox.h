// Mailbox: the messages of a process, in order of arrival.
#pragma once

#include "runtime/actor/signal.h"

#include <cstddef>

namespace exitwave::actor {

/// A queue of signals that have become messages. Thread: the worker that runs the process.
class Mailbox
{
public:
    void append(Signal* message) noexcept
    {
        message->next = nullptr;
        (m_last ? m_last->next : m_first) = message;
        m_last = message;
    }

    /// Takes out the first message after `scanned` (null: from the front) for which `matches` holds
    /// and returns it, or null. `scanned` then tells how far was looked, so that a later call goes
    /// on from there; it stays valid as long as messages are only appended.
    template<class Matches>
    Signal* takeFirst(Matches&& matches, Signal*& scanned)
    {
        Signal* before = scanned;
        for (Signal* message = before ? before->next : m_first; message; message = message->next) {
            if (matches(*message)) {
                unhook(before, message);
                return message;
            }
            before = message;
        }
        scanned = before;
        return nullptr;
    }

    [[nodiscard]] const Signal* first() const noexcept { return m_first; }

    /// Frees all messages.
    void clear() noexcept
    {
        for (Signal* message = m_first; message;) {
            Signal* next = message->next;
            freeSignal(message);
            message = next;
        }
        m_first = m_last = nullptr;
    }

private:
    void unhook(Signal* before, Signal* message) noexcept
    {
        (before ? before->next : m_first) = message->next;
        if (m_last == message)
            m_last = before;
    }

    Signal* m_first = nullptr;
    Signal* m_last = nullptr;
};

} // namespace exitwave::actor
