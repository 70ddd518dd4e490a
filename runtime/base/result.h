// Result<T>: a value or an Error that says what went wrong, where, and what to do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace exitwave::base {

/// What class of failure an Error belongs to; callers branch on it, people read the message.
enum class ErrorCode : std::uint8_t {
    InvalidInput, ///< the caller or the user gave something that cannot be used
    NotFound, ///< the named thing does not exist
    Refused, ///< it exists, but must not be done (now)
    Unsupported, ///< valid, but this version cannot do it
    Damaged, ///< bytes that are not what they claim to be
    Io, ///< the operating system failed
    Overflow, ///< a number, size or depth beyond its limit
    Internal, ///< a fault of Exitwave itself
};

/// The name of a code in lower-case words, for logs: "invalid input".
std::string_view errorCodeName(ErrorCode code);

/// An expected failure. Value type, any thread.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    /// One plain sentence: what failed, where (file, offset, name), and what to do about it.
    std::string message;

    bool operator==(const Error&) const = default;
};

/// Makes the error that a function returning any Result can return directly.
[[nodiscard]] inline Error fail(ErrorCode code, std::string message)
{
    return Error{code, std::move(message)};
}

namespace impl {
/// Reports the misuse of a Result (value of a failure, error of a success) and aborts.
[[noreturn]] void resultMisused(const char* what, std::string_view message);
} // namespace impl

/// A value of T or an Error. Owned by whoever holds it; not shared between threads.
/// value() of a failure is a bug in the caller and aborts.
template<class T>
class [[nodiscard]] Result
{
    static_assert(!std::is_reference_v<T>, "hold a pointer instead");
    static_assert(!std::is_same_v<std::remove_cv_t<T>, Error>, "an Error is not a value");

public:
    using ValueType = T;

    Result(T value) // NOLINT(google-explicit-constructor): returning a value is the point
        : m_value(std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_error(std::move(error))
    {
    }

    bool ok() const noexcept { return m_value.has_value(); }
    explicit operator bool() const noexcept { return ok(); }

    T& value() &
    {
        requireValue();
        return *m_value;
    }
    const T& value() const&
    {
        requireValue();
        return *m_value;
    }
    T&& value() &&
    {
        requireValue();
        return std::move(*m_value);
    }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    /// The value, or `fallback` after a failure.
    template<class U>
    T valueOr(U&& fallback) const&
    {
        return ok() ? *m_value : static_cast<T>(std::forward<U>(fallback));
    }

    const Error& error() const&
    {
        requireError();
        return m_error;
    }
    Error&& error() &&
    {
        requireError();
        return std::move(m_error);
    }

private:
    void requireValue() const
    {
        if (!ok())
            impl::resultMisused("value() of a failed Result", m_error.message);
    }
    void requireError() const
    {
        if (ok())
            impl::resultMisused("error() of a successful Result", {});
    }

    std::optional<T> m_value;
    Error m_error;
};

/// Success without a value, or an Error.
template<>
class [[nodiscard]] Result<void>
{
public:
    using ValueType = void;

    Result() = default;
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_error(std::move(error))
    {
    }

    bool ok() const noexcept { return !m_error.has_value(); }
    explicit operator bool() const noexcept { return ok(); }

    const Error& error() const&
    {
        if (ok())
            impl::resultMisused("error() of a successful Result", {});
        return *m_error;
    }
    Error&& error() &&
    {
        if (ok())
            impl::resultMisused("error() of a successful Result", {});
        return std::move(*m_error);
    }

private:
    std::optional<Error> m_error;
};

/// The successful Result<void>, for `return success();`.
[[nodiscard]] inline Result<void> success()
{
    return {};
}

} // namespace exitwave::base
