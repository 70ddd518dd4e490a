#include "gui/graph/describe.h"

#include "runtime/base/utf8.h"
#include "runtime/term/exception_text.h"
#include "runtime/term/exit_reason.h"
#include "runtime/term/inspect.h"
#include "runtime/term/pid.h"

#include <algorithm>
#include <cstdio>

namespace exitwave::graph {

namespace {

namespace atoms = term::atoms;

constexpr std::size_t reasonCharacters = 60;

/// On one line of valid UTF-8, at most `characters` characters, the end elided.
std::string oneLine(std::string_view text, std::size_t characters)
{
    std::string line;
    line.reserve(std::min<std::size_t>(text.size(), 4 * characters));
    for (std::size_t count = 0; !text.empty(); ++count) {
        if (count == characters)
            return line + "…";
        const auto next = base::decodeUtf8(text);
        const char32_t codePoint = next ? next->codePoint : U'\uFFFD';
        base::appendUtf8(line, codePoint < 0x20 || codePoint == 0x7F ? U' ' : codePoint);
        text.remove_prefix(next ? next->size : 1);
    }
    return line;
}

std::string_view withoutElixir(std::string_view name)
{
    constexpr std::string_view prefix = "Elixir.";
    return name.size() > prefix.size() && name.substr(0, prefix.size()) == prefix
        ? name.substr(prefix.size())
        : name;
}

std::string atomWords(term::Atom atom)
{
    return oneLine(withoutElixir(atom.name()), reasonCharacters);
}

const term::Term* info(const ProcessNode& node, const trace::TermTable& terms, std::string_view key)
{
    return node.spawnInfo.value == 0 ? nullptr
                                     : terms.at(node.spawnInfo).find(term::Atom::intern(key));
}

std::string labelText(const ProcessNode& node, const trace::TermTable& terms)
{
    const term::Term* label = info(node, terms, "label");
    if (label == nullptr || label->isAtom(atoms::nil))
        return {};
    if (label->isBinary())
        return oneLine(label->asBinary(), reasonCharacters);
    return label->isAtom() ? atomWords(label->asAtom()) : briefTerm(*label, reasonCharacters);
}

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool mentionsSupervisor(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text.find("supervisor") != std::string::npos;
}

/// The value of an uncaught throw, or nullptr: {{nocatch, value}, stack}.
const term::Term* thrownValue(const term::Term& reason)
{
    if (!reason.isTuple(2) || !reason.elements()[0].isTagged(atoms::nocatch, 2))
        return nullptr;
    return &reason.elements()[0].elements()[1];
}

struct Raised
{
    std::string module;
    std::string message;
};

/// The Elixir exception of {value, stack}.
Raised raisedBy(const term::Term& reason)
{
    const term::Term exception = term::normalizeError(reason.elements()[0], reason.elements()[1]);
    const term::Term* module = exception.find(atoms::structKey);
    Raised raised;
    raised.module
        = module != nullptr && module->isAtom() ? atomWords(module->asAtom()) : "an error";
    raised.message = oneLine(term::exceptionMessage(exception), reasonCharacters);
    return raised;
}

bool isBareWord(const term::Term& reason)
{
    return reason.isAtom(atoms::normal) || reason.isAtom(atoms::kill)
        || reason.isAtom(atoms::killed) || reason.isAtom(atoms::shutdown)
        || reason.isAtom(atoms::noproc) || reason.isAtom(atoms::noconnection);
}

} // namespace

std::string pidText(trace::ProcessKey key)
{
    return key.value == 0 ? "outside" : term::pidText(term::Pid::fromPacked(key.value));
}

std::string briefTerm(const term::Term& value, std::size_t characters)
{
    term::InspectOptions options;
    options.width = term::InspectOptions::unlimited;
    options.limit = 12;
    options.printableLimit = characters;
    return oneLine(term::inspect(value, options), characters);
}

std::string plainText(const term::Term& value, std::size_t characters)
{
    return value.isBinary() ? oneLine(value.asBinary(), characters) : briefTerm(value, characters);
}

std::string initialCallText(const ProcessNode& node, const trace::TermTable& terms)
{
    const term::Term* call = info(node, terms, "initial_call");
    if (call == nullptr || call->isAtom(atoms::nil))
        return {};
    if (call->isBinary())
        return oneLine(call->asBinary(), reasonCharacters);
    if (!call->isTuple(3) || !call->elements()[0].isAtom() || !call->elements()[1].isAtom())
        return briefTerm(*call, reasonCharacters);
    const term::Term& arity = call->elements()[2];
    const std::size_t count = arity.isInteger() ? static_cast<std::size_t>(arity.asInteger())
                                                : arity.listLength().value_or(0);
    return oneLine(
        term::formatMfa(call->elements()[0].asAtom(), call->elements()[1].asAtom(), count),
        reasonCharacters);
}

std::string spawnPlaceText(const ProcessNode& node, const trace::TermTable& terms)
{
    const term::Term* file = info(node, terms, "file");
    if (file == nullptr || !file->isBinary() || file->asBinary().empty())
        return {};
    std::string place = oneLine(file->asBinary(), reasonCharacters);
    const term::Term* line = info(node, terms, "line");
    if (line != nullptr && line->isInteger() && line->asInteger() > 0)
        place += ":" + std::to_string(line->asInteger());
    return place;
}

std::string shortLabel(const ProcessNode& node, const trace::TermTable& terms)
{
    if (node.name.value != 0 && terms.at(node.name).isAtom())
        return atomWords(terms.at(node.name).asAtom());
    if (std::string label = labelText(node, terms); !label.empty())
        return label;
    if (std::string call = initialCallText(node, terms); !call.empty())
        return call;
    return pidText(node.key);
}

std::string shortLabel(const ProcessGraph& graph, NodeIndex index, const trace::TermTable& terms)
{
    return index < graph.size() ? shortLabel(graph.node(index), terms) : "outside";
}

bool isSupervisor(const ProcessNode& node, const trace::TermTable& terms)
{
    if (node.name.value != 0 && terms.at(node.name).isAtom()) {
        const std::string_view name = terms.at(node.name).asAtom().name();
        if (endsWith(name, "_sup") || endsWith(name, "Supervisor") || endsWith(name, "_supervisor"))
            return true;
    }
    return node.spawnInfo.value != 0
        && (mentionsSupervisor(labelText(node, terms)) || endsWith(labelText(node, terms), "_sup")
            || mentionsSupervisor(initialCallText(node, terms)));
}

std::string_view stateWord(const ProcessNode& node)
{
    switch (node.death) {
    case Death::None:
        return node.alive ? "alive" : "ended";
    case Death::Normal:
        return "ended";
    case Death::Crash:
        return "crashed";
    case Death::Victim:
        return "died";
    case Death::Killed:
        return "killed";
    }
    return "ended";
}

std::string stateWords(const ProcessNode& node, const trace::TermTable& terms)
{
    if (node.alive)
        return node.trapsExit ? "alive, traps exits" : "alive";
    if (node.reason.value == 0)
        return "ended before it was first seen";
    const std::string reason = shortReason(terms.at(node.reason));
    switch (node.death) {
    case Death::Crash:
        return "crashed: " + reason;
    case Death::Victim:
        return "died of an exit signal: " + reason;
    case Death::Killed:
        return reason == "killed" ? "killed" : "killed: " + reason;
    default:
        return "ended: " + reason;
    }
}

std::string shortReason(const term::Term& reason)
{
    if (isBareWord(reason))
        return std::string(reason.asAtom().name());
    if (const term::Term* value = thrownValue(reason))
        return "throw " + briefTerm(*value, reasonCharacters);
    if (!term::hasStack(reason))
        return briefTerm(reason, reasonCharacters);
    const Raised raised = raisedBy(reason);
    if (raised.module == "RuntimeError" && !raised.message.empty())
        return raised.message;
    if (raised.module == "ErlangError")
        return briefTerm(reason.elements()[0], reasonCharacters);
    return raised.message.empty() ? raised.module : raised.module + ": " + raised.message;
}

std::string briefReason(const term::Term& reason)
{
    if (!term::hasStack(reason))
        return briefTerm(reason, reasonCharacters);
    const bool noStack = reason.elements()[1].isEmptyList();
    return "{" + briefTerm(reason.elements()[0], reasonCharacters)
        + (noStack ? ", []}" : ", [...]}");
}

std::string raisedWords(const term::Term& reason)
{
    if (const term::Term* value = thrownValue(reason))
        return "threw " + briefTerm(*value, reasonCharacters) + " and nobody caught it";
    if (!term::hasStack(reason))
        return "exited with " + briefTerm(reason, reasonCharacters);
    const Raised raised = raisedBy(reason);
    return "raised " + raised.module + (raised.message.empty() ? "" : " “" + raised.message + "”");
}

std::string secondsText(base::Timestamp time)
{
    const bool small = time.ns > -1'000'000'000 && time.ns < 1'000'000'000;
    char text[48];
    std::snprintf(text, sizeof text, "%.*f s", small ? 6 : 3, static_cast<double>(time.ns) / 1e9);
    return text;
}

} // namespace exitwave::graph
