// Pids and references as text.
#include "runtime/term/pid.h"

namespace exitwave::term {

namespace {

std::string angled(Pid pid)
{
    return "<0." + std::to_string(pid.index) + "." + std::to_string(pid.generation) + ">";
}

// Erlang shows a reference as three words, the last of them 18 bits wide.
std::string angled(Ref ref)
{
    return "<0." + std::to_string(ref.id >> 50) + "." + std::to_string(ref.id >> 18 & 0xffffffff)
        + "." + std::to_string(ref.id & 0x3ffff) + ">";
}

} // namespace

std::string pidText(Pid pid)
{
    return "#PID" + angled(pid);
}

std::string erlangPidText(Pid pid)
{
    return angled(pid);
}

std::string refText(Ref ref)
{
    return "#Reference" + angled(ref);
}

std::string erlangRefText(Ref ref)
{
    return "#Ref" + angled(ref);
}

} // namespace exitwave::term
