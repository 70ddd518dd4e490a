// The term that a trace shows for a spawned process.
#include "runtime/actor/spawn_site.h"

#include <vector>

namespace exitwave::actor {

SpawnSite::SpawnSite(std::string_view module,
                     std::string_view function,
                     std::uint32_t arity,
                     std::string_view label,
                     std::string_view file,
                     std::uint32_t line)
{
    using term::Term;
    std::vector<term::MapEntry> entries;
    entries.push_back(
        {term::atoms::initialCall,
         Term::tuple({Term::atom(module), Term::atom(function), Term::integer(arity)})});
    if (!label.empty())
        entries.push_back({Term::atom("label"), Term::binary(label)});
    if (!file.empty())
        entries.push_back({term::atoms::file, Term::binary(file)});
    if (line != 0)
        entries.push_back({term::atoms::line, Term::integer(line)});
    m_info = Term::map(std::move(entries));
}

} // namespace exitwave::actor
