// The text of a term as Erlang's ~p and ~w print it.
#pragma once

#include "runtime/term/term.h"

#include <cstddef>
#include <string>

namespace exitwave::term {

/// Where ~p starts and how wide the line is, in columns; columns count from 1.
struct ErlangLayout
{
    std::size_t width = 80;
    std::size_t column = 1;
};

/// What io_lib:format("~tp", [Term]) returns: lines broken, lists of printable characters and
/// binaries as text. Any thread.
std::string formatP(const Term& term, const ErlangLayout& layout = {});

/// What io_lib:format("~tw", [Term]) returns: one line, no text guessed.
std::string formatW(const Term& term);

} // namespace exitwave::term
