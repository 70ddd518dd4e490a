// exitwave-node: runs programs made of processes, serves and records what their processes do.
#include "runtime/node/command_line.h"
#include "runtime/node/commands.h"

#include <csignal>

using namespace exitwave::node;

int main(int argc, char** argv)
{
#ifdef SIGPIPE
    std::signal(
        SIGPIPE,
        SIG_IGN); // a reader that went away is an error of the write, not the end of the program
#endif
    const Request request = parseCommandLine(argc, argv);
    if (const auto* run = std::get_if<RunLesson>(&request))
        return runLesson(*run);
    if (std::holds_alternative<ListAll>(request))
        return listAll();
    return std::get<Leave>(request).exitCode;
}
