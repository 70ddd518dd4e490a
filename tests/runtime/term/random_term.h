// Random terms for property tests.
#pragma once

#include "runtime/term/term.h"

#include <rapidcheck.h>

#include <string>
#include <vector>

namespace samples {

using exitwave::term::Atom;
using exitwave::term::FunctionInfo;
using exitwave::term::MapEntry;
using exitwave::term::Pid;
using exitwave::term::Ref;
using exitwave::term::Term;

inline double finiteReal()
{
    const auto numerator = *rc::gen::inRange<std::int64_t>(-1'000'000'000, 1'000'000'000);
    const auto shift = *rc::gen::inRange(0, 60);
    return static_cast<double>(numerator) / static_cast<double>(std::int64_t{1} << shift);
}

inline std::string smallText()
{
    return *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
}

inline Atom someAtom()
{
    return Atom::intern(*rc::gen::element<std::string>(
        "ok", "EXIT", "normal", "Elixir.Foo", "foo bar", "", "żółć", "..."));
}

inline FunctionInfo someFunction()
{
    FunctionInfo info;
    info.module = someAtom();
    info.name = someAtom();
    info.arity = *rc::gen::inRange<std::uint32_t>(0, 256);
    info.external = *rc::gen::arbitrary<bool>();
    if (!info.external) {
        info.index = *rc::gen::arbitrary<std::uint32_t>();
        info.uniq = *rc::gen::arbitrary<std::uint32_t>();
        info.file = *rc::gen::element<std::string>("", "a.exs");
    }
    return info;
}

inline Term leaf()
{
    switch (*rc::gen::inRange(0, 8)) {
    case 0:
        return someAtom();
    case 1:
        return Term::integer(*rc::gen::arbitrary<std::int64_t>());
    case 2:
        return Term::integer(*rc::gen::inRange<std::int64_t>(-3, 70));
    case 3:
        return Term::real(finiteReal());
    case 4:
        return Pid{*rc::gen::arbitrary<std::uint32_t>(), *rc::gen::inRange<std::uint32_t>(0, 5)};
    case 5:
        return Ref{*rc::gen::arbitrary<std::uint64_t>()};
    case 6:
        return Term::function(someFunction());
    default:
        return Term::binary(smallText());
    }
}

inline Term term(int depth);

inline std::vector<Term> terms(int depth)
{
    std::vector<Term> result;
    const int count = *rc::gen::inRange(0, 5);
    for (int i = 0; i < count; ++i)
        result.push_back(term(depth));
    return result;
}

/// Any term of at most this depth.
inline Term term(int depth)
{
    const int kind = depth == 0 ? 9 : *rc::gen::inRange(0, 10);
    switch (kind) {
    case 0:
    case 1:
        return Term::tuple(terms(depth - 1));
    case 2:
    case 3:
        return Term::list(terms(depth - 1));
    case 4: {
        const std::vector<Term> elements = terms(depth - 1);
        return elements.empty() ? Term::emptyList() : Term::list(elements, leaf());
    }
    case 5:
    case 6: {
        std::vector<MapEntry> entries;
        for (const Term& key : terms(depth - 1))
            entries.push_back({key, term(depth - 1)});
        return Term::map(std::move(entries));
    }
    default:
        return leaf();
    }
}

} // namespace samples
