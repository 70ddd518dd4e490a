// exitwave-conformance: runs scenarios and prints what was observed, one JSON object a line.
#include "tests/conformance/scenario_runner.h"

#include <cstdio>
#include <fstream>
#include <iostream>
#include <string>

namespace {

int usage()
{
    std::fputs("usage: exitwave-conformance [--seed N | --workers N] SCENARIOS.jsonl\n"
               "Runs the scenarios (tests/conformance/README.md) and prints the observations.\n",
               stderr);
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    using namespace exitwave;
    actor::SystemOptions options;
    options.mode = actor::SchedulerMode::Step;
    std::string path;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--seed" && i + 1 < argc) {
            options.seed = std::stoull(argv[++i]);
        } else if (argument == "--workers" && i + 1 < argc) {
            options.mode = actor::SchedulerMode::Threaded;
            options.workers = static_cast<unsigned>(std::stoul(argv[++i]));
        } else if (path.empty() && argument.rfind("--", 0) != 0) {
            path = argument;
        } else {
            return usage();
        }
    }
    std::ifstream file(path);
    if (path.empty() || !file)
        return usage();
    std::size_t skipped = 0;
    for (std::string line; std::getline(file, line);) {
        const conformance::Json scenario = conformance::Json::parse(line);
        if (conformance::isSupported(scenario))
            std::cout << conformance::runScenario(scenario, options).dump() << "\n";
        else
            ++skipped;
    }
    if (skipped > 0)
        std::cerr << skipped
                  << " scenarios use timers or aliases, which this runtime does not have\n";
    return 0;
}
