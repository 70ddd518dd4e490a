// The modules that stack traces of ordinary programs name.
#include "runtime/term/known_modules.h"

#include <algorithm>
#include <array>

namespace exitwave::term {

namespace {

constexpr auto elixirModules
    = std::to_array<std::string_view>({"Access",      "Agent",        "Application",
                                       "Atom",        "Base",         "Behaviour",
                                       "Bitwise",     "Calendar",     "Code",
                                       "Collectable", "Config",       "Date",
                                       "DateTime",    "Dict",         "DynamicSupervisor",
                                       "Enum",        "Enumerable",   "Exception",
                                       "File",        "Float",        "Function",
                                       "GenEvent",    "GenServer",    "HashDict",
                                       "HashSet",     "IO",           "Inspect",
                                       "Integer",     "Kernel",       "Keyword",
                                       "List",        "Macro",        "Map",
                                       "MapSet",      "Module",       "NaiveDateTime",
                                       "Node",        "OptionParser", "PartitionSupervisor",
                                       "Path",        "Port",         "Process",
                                       "Protocol",    "Range",        "Record",
                                       "Regex",       "Registry",     "Set",
                                       "Stream",      "String",       "StringIO",
                                       "Supervisor",  "System",       "Task",
                                       "Time",        "Tuple",        "URI",
                                       "Version"});

constexpr auto stdlibModules = std::to_array<std::string_view>(
    {"array",      "base64",     "beam_lib", "binary",     "calendar",   "dets",
     "dict",       "digraph",    "edlin",    "epp",        "erl_eval",   "erl_lint",
     "erl_parse",  "erl_pp",     "erl_scan", "ets",        "eval_bits",  "filelib",
     "filename",   "gb_sets",    "gb_trees", "gen",        "gen_event",  "gen_fsm",
     "gen_server", "gen_statem", "io",       "io_lib",     "lists",      "maps",
     "math",       "ordsets",    "orddict",  "pool",       "proc_lib",   "proplists",
     "qlc",        "queue",      "rand",     "random",     "re",         "sets",
     "shell",      "slave",      "sofs",     "string",     "supervisor", "supervisor_bridge",
     "sys",        "timer",      "unicode",  "uri_string", "zip"});

constexpr auto kernelModules = std::to_array<std::string_view>({"application",
                                                                "application_controller",
                                                                "application_master",
                                                                "auth",
                                                                "code",
                                                                "code_server",
                                                                "disk_log",
                                                                "erl_boot_server",
                                                                "erpc",
                                                                "error_handler",
                                                                "error_logger",
                                                                "file",
                                                                "file_io_server",
                                                                "gen_sctp",
                                                                "gen_tcp",
                                                                "gen_udp",
                                                                "global",
                                                                "global_group",
                                                                "group",
                                                                "heart",
                                                                "inet",
                                                                "logger",
                                                                "logger_backend",
                                                                "net_adm",
                                                                "net_kernel",
                                                                "os",
                                                                "pg",
                                                                "rpc",
                                                                "seq_trace",
                                                                "socket",
                                                                "user",
                                                                "user_drv"});

constexpr auto builtInModules = std::to_array<std::string_view>({"atomics",
                                                                 "counters",
                                                                 "erl_tracer",
                                                                 "erlang",
                                                                 "erts_internal",
                                                                 "init",
                                                                 "persistent_term",
                                                                 "prim_file",
                                                                 "prim_inet",
                                                                 "zlib"});

template<std::size_t Size>
bool contains(const std::array<std::string_view, Size>& names, std::string_view name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

std::string_view applicationOf(Atom module)
{
    std::string_view name = module.name();
    constexpr std::string_view prefix = "Elixir.";
    if (name.starts_with(prefix)) {
        name.remove_prefix(prefix.size());
        const std::string_view first = name.substr(0, name.find('.'));
        if (first == "Logger")
            return "logger 1.14.0";
        return contains(elixirModules, first) ? "elixir 1.14.0" : "";
    }
    if (contains(stdlibModules, name))
        return "stdlib 4.2";
    if (contains(kernelModules, name))
        return "kernel 8.5.3";
    return name == "elixir" ? "elixir 1.14.0" : "";
}

bool isKnownModule(Atom module)
{
    return !applicationOf(module).empty() || contains(builtInModules, module.name())
        || module.name().starts_with("elixir_compiler_"); // the module that a script is compiled to
}

} // namespace exitwave::term
