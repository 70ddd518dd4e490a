// JSON to terms and back.
#include "tests/conformance/scenario_terms.h"

#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"

#include <vector>

namespace exitwave::conformance {

using term::Term;

namespace {
constexpr std::string_view registeredPrefix = "$reg_";
}

term::Atom registeredAtom(const std::string& name)
{
    return term::Atom::intern(std::string(registeredPrefix) + name);
}

std::string registeredName(term::Atom atom)
{
    const std::string_view name = atom.name();
    return std::string(name.starts_with(registeredPrefix) ? name.substr(registeredPrefix.size())
                                                          : name);
}

void Names::bind(const std::string& name, term::Pid pid)
{
    const base::MutexLock lock(m_mutex);
    m_pids[name] = pid;
    m_names[pid] = name;
}

void Names::bindRef(const std::string& name, term::Ref ref, term::Pid target)
{
    const base::MutexLock lock(m_mutex);
    m_refs[name] = ref;
    m_refNames[ref] = name;
    m_refTargets[ref] = target;
}

std::optional<term::Pid> Names::pid(const std::string& name) const
{
    const base::MutexLock lock(m_mutex);
    const auto found = m_pids.find(name);
    return found == m_pids.end() ? std::nullopt : std::optional(found->second);
}

std::string Names::nameOf(term::Pid pid) const
{
    const base::MutexLock lock(m_mutex);
    const auto found = m_names.find(pid);
    return found == m_names.end() ? "?" : found->second;
}

std::map<std::string, term::Pid> Names::processes() const
{
    const base::MutexLock lock(m_mutex);
    return m_pids;
}

Term Names::toTerm(const Json& json) const
{
    if (json.is_boolean())
        return Term::boolean(json.get<bool>());
    if (json.is_number_integer())
        return Term::integer(json.get<std::int64_t>());
    if (json.is_number())
        return Term::real(json.get<double>());
    if (json.is_string()) {
        const auto text = json.get<std::string>();
        if (text.starts_with('@'))
            return pid(text.substr(1)).value_or(term::Pid{});
        if (!text.starts_with('#'))
            return Term::atom(text);
        const base::MutexLock lock(m_mutex);
        const auto found = m_refs.find(text.substr(1));
        return found == m_refs.end() ? Term() : Term(found->second);
    }
    if (json.is_object() && json.contains("s"))
        return Term::binary(json["s"].get<std::string>());
    const Json& items = json.is_object() ? json["l"] : json;
    std::vector<Term> elements;
    for (const Json& item : items)
        elements.push_back(toTerm(item));
    return json.is_object() ? Term::list(elements) : Term::tuple(elements);
}

Json Names::toJson(const Term& term) const
{
    if (term.isAtom(term::atoms::true_) || term.isAtom(term::atoms::false_))
        return term.isAtom(term::atoms::true_);
    if (term.isAtom())
        return registeredName(term.asAtom());
    if (term.isInteger())
        return term.asInteger();
    if (term.isReal())
        return term.asReal();
    if (term.isBinary())
        return Json{{"s", std::string(term.asBinary())}};
    if (term.isPid())
        return "@" + nameOf(term.asPid());
    if (term.isReference()) {
        const base::MutexLock lock(m_mutex);
        const auto found = m_refNames.find(term.asReference());
        return "#" + (found == m_refNames.end() ? "?" : found->second);
    }
    if (term.isTuple()) {
        const auto elements = term.elements();
        Json items = Json::array();
        for (const Term& element : elements)
            items.push_back(toJson(element));
        if (elements.size() == 2) {
            const bool bareThrow
                = elements[1].isEmptyList() && elements[0].isTagged(term::atoms::nocatch, 2);
            if (bareThrow || (elements[1].isCons() && term::hasStack(term)))
                items[1] = "%stack";
            else if (elements[1].isAtom(term::Atom::intern("nonode@nohost")))
                items[1] = "%node";
        }
        return items;
    }
    if (term.isStruct()) {
        std::string module(term.find(term::atoms::structKey)->asAtom().name());
        const Term* message = term.find(term::atoms::message);
        return Json{{"ex", module.substr(std::string("Elixir.").size())},
                    {"msg", message ? std::string(message->asBinary()) : std::string()}};
    }
    if (term.isList()) {
        Json items = Json::array();
        for (const Term& element : term::ListRange(term))
            items.push_back(toJson(element));
        return Json{{"l", items}};
    }
    return Json{{"term", term::inspectLine(term)}};
}

std::pair<std::string, int> Names::senderKey(const Term& message) const
{
    if (!message.isTuple())
        return {"~raw", 0};
    const auto elements = message.elements();
    const bool noproc = elements.size() >= 3 && elements.back().isAtom(term::atoms::noproc);
    if (message.isTagged(term::Atom::intern("msg"), 3) && elements[1].isPid())
        return {nameOf(elements[1].asPid()), 0};
    if (message.isTagged(term::atoms::EXIT, 3) && elements[1].isPid())
        return {nameOf(elements[1].asPid()), noproc ? 1 : 0};
    if (!message.isTagged(term::atoms::DOWN, 5))
        return {"~raw", 0};
    term::Pid target;
    if (elements[3].isPid()) {
        target = elements[3].asPid();
    } else {
        const base::MutexLock lock(m_mutex);
        const auto found = m_refTargets.find(elements[1].asReference());
        if (found == m_refTargets.end() || found->second == term::Pid{})
            return {"~down", 0};
        target = found->second;
    }
    return {nameOf(target), noproc ? 2 : 0};
}

} // namespace exitwave::conformance
