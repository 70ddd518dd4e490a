// Building and recognising exit reasons.
#include "runtime/term/exit_reason.h"

namespace exitwave::term {

bool isNormal(const Term& reason)
{
    return reason.isAtom(atoms::normal);
}

bool isShutdownLike(const Term& reason)
{
    return reason.isAtom(atoms::shutdown) || reason.isTagged(atoms::shutdown, 2);
}

bool isCrash(const Term& reason)
{
    return !isNormal(reason) && !isShutdownLike(reason);
}

Term StackFrame::toTerm() const
{
    std::vector<Term> location;
    if (!file.empty())
        location.push_back(Term::tuple({atoms::file, Term::charlist(file)}));
    if (line > 0)
        location.push_back(Term::tuple({atoms::line, Term::integer(line)}));
    if (errorInfo != atoms::nil) {
        Term info = Term::map({{atoms::module, errorInfo}});
        if (errorCause != atoms::nil)
            info = info.withEntry(atoms::cause, errorCause);
        location.push_back(Term::tuple({atoms::errorInfo, info}));
    }
    return Term::tuple({module,
                        function,
                        hasArguments ? Term::list(arguments) : Term::integer(arity),
                        Term::list(location)});
}

Term stackTerm(std::span<const StackFrame> frames)
{
    std::vector<Term> terms;
    terms.reserve(frames.size());
    for (const StackFrame& frame : frames)
        terms.push_back(frame.toTerm());
    return Term::list(terms);
}

StackFrame scriptFrame(std::string file, std::uint32_t line, std::uint32_t index, bool raised)
{
    StackFrame frame;
    frame.function = Atom::intern("-__FILE__/1-fun-" + std::to_string(index) + "-");
    frame.file = std::move(file);
    frame.line = line;
    frame.errorInfo = raised ? atoms::Exception : atoms::nil;
    return frame;
}

StackFrame builtinFrame(std::string_view function, std::vector<Term> arguments, Atom cause)
{
    StackFrame frame;
    frame.module = atoms::erlang;
    frame.function = Atom::intern(function);
    frame.arguments = std::move(arguments);
    frame.hasArguments = true;
    frame.errorInfo = atoms::erlErtsErrors;
    frame.errorCause = cause;
    return frame;
}

Term errorReason(const Term& value, const Term& stack)
{
    return Term::tuple({value, stack});
}

Term throwReason(const Term& value, const Term& stack)
{
    return Term::tuple({Term::tuple({atoms::nocatch, value}), stack});
}

bool isStackFrame(const Term& term)
{
    if (!term.isTuple(4))
        return false;
    const auto parts = term.elements();
    const bool called = parts[2].isInteger() || parts[2].isList();
    return parts[0].isAtom() && parts[1].isAtom() && called && parts[3].isList();
}

bool hasStack(const Term& reason)
{
    if (!reason.isTuple(2))
        return false;
    const Term* cell = &reason.elements()[1];
    for (; cell->isCons(); cell = &cell->tail()) {
        if (!isStackFrame(cell->head()))
            return false;
    }
    return cell->isEmptyList();
}

} // namespace exitwave::term
