// Checked arithmetic on the compiler's overflow builtins.
#include "runtime/term/integer_math.h"

#include <limits>
#include <string>

namespace exitwave::term {

namespace {

using base::ErrorCode;
using Int = std::int64_t;

base::Error overflow(Int a, const char* operation, Int b)
{
    return base::fail(ErrorCode::Overflow,
                      "the result of " + std::to_string(a) + operation + std::to_string(b)
                          + " does not fit 64 bits; integers of any size are not supported yet");
}

base::Error notANumber(std::string_view text)
{
    return base::fail(ErrorCode::InvalidInput,
                      "\"" + std::string(text.substr(0, 64)) + "\" is not an integer");
}

} // namespace

base::Result<Int> addIntegers(Int a, Int b)
{
    Int result = 0;
    if (__builtin_add_overflow(a, b, &result))
        return overflow(a, " + ", b);
    return result;
}

base::Result<Int> subtractIntegers(Int a, Int b)
{
    Int result = 0;
    if (__builtin_sub_overflow(a, b, &result))
        return overflow(a, " - ", b);
    return result;
}

base::Result<Int> multiplyIntegers(Int a, Int b)
{
    Int result = 0;
    if (__builtin_mul_overflow(a, b, &result))
        return overflow(a, " * ", b);
    return result;
}

base::Result<Int> negateInteger(Int a)
{
    return subtractIntegers(0, a);
}

base::Result<Int> divideIntegers(Int a, Int b)
{
    if (b == 0) {
        return base::fail(ErrorCode::InvalidInput, "division of " + std::to_string(a) + " by zero");
    }
    if (b == -1)
        return negateInteger(a); // the one quotient that can overflow
    return a / b;
}

base::Result<Int> remainderIntegers(Int a, Int b)
{
    if (b == 0) {
        return base::fail(ErrorCode::InvalidInput,
                          "remainder of " + std::to_string(a) + " by zero");
    }
    if (b == -1)
        return Int{0}; // the processor traps on minimum % -1
    return a % b;
}

base::Result<Int> parseInteger(std::string_view text)
{
    std::string_view digits = text;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+'))
        digits.remove_prefix(1);
    if (digits.empty())
        return notANumber(text);
    Int value = 0;
    char before = '_';
    for (const char c : digits) {
        if (c == '_' && before != '_') { // only between digits
            before = c;
            continue;
        }
        if (c < '0' || c > '9')
            return notANumber(text);
        before = c;
        // Negative numbers are built downwards: there is one more of them than positive ones.
        const Int digit = negative ? '0' - c : c - '0';
        if (__builtin_mul_overflow(value, Int{10}, &value)
            || __builtin_add_overflow(value, digit, &value)) {
            return base::fail(ErrorCode::Overflow,
                              "the integer " + std::string(text.substr(0, 64))
                                  + " does not fit 64 bits; integers of any size are not "
                                    "supported yet");
        }
    }
    if (before == '_')
        return notANumber(text);
    return value;
}

} // namespace exitwave::term
