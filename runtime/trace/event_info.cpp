// Tables made from event.def, and the proof that event.h says the same.
#include "runtime/trace/event.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace exitwave::trace {

namespace {

constexpr EventInfo infos[] = {
#define EXITWAVE_EVENT(Name, number, text, process, peer, id, cause, term, how)                    \
    {EventType::Name, #Name, text, process, peer, id, cause, term, #how},
#include "runtime/trace/event.def"
};

struct HowRow
{
    std::string_view enumeration;
    std::uint8_t value;
    std::string_view text;
};

constexpr HowRow howRows[] = {
#define EXITWAVE_HOW(Enumeration, Enumerator, number, text) {#Enumeration, number, text},
#include "runtime/trace/event.def"
};

#define EXITWAVE_HOW(Enumeration, Enumerator, number, text)                                        \
    static_assert(static_cast<int>(Enumeration::Enumerator) == (number),                           \
                  #Enumeration "::" #Enumerator " differs between event.h and event.def");
#include "runtime/trace/event.def"

constexpr std::size_t noRow = std::size(infos);

// Row of each number on the wire.
constexpr std::array<std::size_t, 256> rowOfNumber = [] {
    std::array<std::size_t, 256> rows{};
    for (std::size_t& row : rows)
        row = noRow;
    for (std::size_t i = 0; i < std::size(infos); ++i)
        rows[static_cast<std::uint8_t>(infos[i].type)] = i;
    return rows;
}();

constexpr bool numbersAreUnique()
{
    for (std::size_t i = 0; i < std::size(infos); ++i) {
        if (rowOfNumber[static_cast<std::uint8_t>(infos[i].type)] != i)
            return false;
    }
    return true;
}
static_assert(numbersAreUnique(), "two rows of event.def have the same number");

constexpr bool howsAreKnown()
{
    for (const EventInfo& info : infos) {
        bool known = info.how == "None";
        for (const HowRow& row : howRows)
            known = known || row.enumeration == info.how;
        if (!known)
            return false;
    }
    return true;
}
static_assert(howsAreKnown(),
              "an event of event.def uses an enumeration without EXITWAVE_HOW rows");

} // namespace

const EventInfo* eventInfo(EventType type)
{
    const std::size_t row = rowOfNumber[static_cast<std::uint8_t>(type)];
    return row == noRow ? nullptr : &infos[row];
}

std::size_t eventInfoCount()
{
    return std::size(infos);
}

const EventInfo& eventInfoAt(std::size_t index)
{
    return infos[index];
}

std::string_view howText(std::string_view enumeration, std::uint8_t value)
{
    const auto row = std::find_if(std::begin(howRows), std::end(howRows), [&](const HowRow& each) {
        return each.value == value && each.enumeration == enumeration;
    });
    return row == std::end(howRows) ? std::string_view() : row->text;
}

int howValue(std::string_view enumeration, std::string_view text)
{
    const auto row = std::find_if(std::begin(howRows), std::end(howRows), [&](const HowRow& each) {
        return each.text == text && each.enumeration == enumeration;
    });
    return row == std::end(howRows) ? -1 : row->value;
}

} // namespace exitwave::trace
