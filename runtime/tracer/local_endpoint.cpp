// Runtime directory and socket files.
#include "runtime/tracer/local_endpoint.h"

#ifdef _WIN32
#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <share.h>
#include <sys/stat.h>
#else
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#endif

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace exitwave::tracer {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".sock";
constexpr std::size_t longestName = 64;

base::Error unusable(const fs::path& folder, const std::string& why)
{
    return base::fail(base::ErrorCode::Refused,
                      "cannot serve a trace: the folder " + folder.string() + " " + why
                          + ". Remove it, or set XDG_RUNTIME_DIR to a folder of your own.");
}

#ifdef _WIN32

fs::path runtimeDirectory()
{
    return fs::temp_directory_path() / "exitwave"; // already private to the user
}

base::Result<void> makePrivate(const fs::path& folder)
{
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        return unusable(folder, "cannot be made: " + error.message());
    return base::success();
}

constexpr std::size_t longestPath = 107;

// An open file that nobody else can open; -1 and errno when that fails.
int openLocked(const fs::path& path)
{
    int file = -1;
    errno = _sopen_s(
        &file, path.string().c_str(), _O_CREAT | _O_RDWR, _SH_DENYRW, _S_IREAD | _S_IWRITE);
    return file;
}

bool isTaken(int error)
{
    return error == EACCES;
}

void closeLocked(int file)
{
    _close(file);
}

#else

fs::path runtimeDirectory()
{
    const char* given
        = std::getenv("XDG_RUNTIME_DIR"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    std::error_code error;
    if (given != nullptr && *given != '\0' && fs::is_directory(given, error))
        return given;
    return "/tmp/exitwave-" + std::to_string(geteuid());
}

// Makes one folder that only this user can enter, or proves that it is one.
base::Result<void> makePrivate(const fs::path& folder)
{
    if (mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return unusable(folder, std::string("cannot be made: ") + std::strerror(errno));
    struct stat status
    {};
    if (lstat(folder.c_str(), &status) != 0)
        return unusable(folder, std::string("cannot be looked at: ") + std::strerror(errno));
    if (!S_ISDIR(status.st_mode))
        return unusable(folder, "is not a folder");
    if (status.st_uid != geteuid())
        return unusable(folder, "belongs to another user");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return unusable(folder, "can be entered by other users");
    return base::success();
}

constexpr std::size_t longestPath = sizeof(sockaddr_un::sun_path) - 1;

// An open file that this process has locked; -1 and errno when that fails. Programs that this one
// starts do not inherit it.
int openLocked(const fs::path& path)
{
    const int file
        = open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    if (file < 0 || flock(file, LOCK_EX | LOCK_NB) == 0)
        return file;
    const int failure = errno;
    close(file);
    errno = failure;
    return -1;
}

bool isTaken(int error)
{
    return error == EWOULDBLOCK;
}

void closeLocked(int file)
{
    close(file);
}

#endif

} // namespace

std::string socketDirectory()
{
    return (runtimeDirectory() / "exitwave").string();
}

base::Result<std::string> makeSocketDirectory()
{
    const fs::path parent = runtimeDirectory();
    std::error_code error;
    if (!fs::exists(parent,
                    error)) { // the folder under /tmp is ours to make, XDG_RUNTIME_DIR is not
        if (base::Result<void> made = makePrivate(parent); !made.ok())
            return made.error();
    }
    const fs::path folder = socketDirectory();
    if (base::Result<void> made = makePrivate(folder); !made.ok())
        return made.error();
    return folder.string();
}

std::string socketPath(std::string_view name)
{
    return (fs::path(socketDirectory()) / (std::string(name) + std::string(suffix))).string();
}

base::Result<void> checkNodeName(std::string_view name)
{
    const bool usable = !name.empty() && name.size() <= longestName && name.front() != '.'
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                   || c == '.' || c == '_' || c == '-';
           });
    if (usable)
        return base::success();
    return base::fail(
        base::ErrorCode::InvalidInput,
        "\"" + std::string(name)
            + "\" cannot be the name of a node: use 1 to 64 letters, digits, '_', '-' or '.', not "
              "beginning with '.'.");
}

base::Result<void> checkSocketPath(const std::string& path)
{
    if (path.size() <= longestPath)
        return base::success();
    return base::fail(base::ErrorCode::InvalidInput,
                      "the path of the socket " + path + " is longer than the "
                          + std::to_string(longestPath)
                          + " bytes that sockets allow: use a shorter name or set XDG_RUNTIME_DIR "
                            "to a shorter path.");
}

base::Result<void> restrictToOwner(const std::string& path)
{
    std::error_code error;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, error);
    if (error)
        return base::fail(base::ErrorCode::Io,
                          "cannot make the socket " + path + " private: " + error.message());
    return base::success();
}

std::uint64_t fileIdentity(const std::string& path)
{
#ifdef _WIN32
    std::error_code error;
    const auto written = fs::last_write_time(path, error);
    return error ? 0 : static_cast<std::uint64_t>(written.time_since_epoch().count());
#else
    struct stat status
    {};
    return lstat(path.c_str(), &status) == 0 ? static_cast<std::uint64_t>(status.st_ino) : 0;
#endif
}

base::Result<std::unique_ptr<NameLock>> NameLock::acquire(const std::string& name)
{
    const fs::path path = fs::path(socketDirectory()) / (name + ".lock");
    const int file = openLocked(path);
    if (file >= 0)
        return std::unique_ptr<NameLock>(new NameLock(file));
    if (isTaken(errno))
        return base::fail(base::ErrorCode::Refused,
                          "cannot serve as \"" + name
                              + "\": a running node already has this name (socket "
                              + socketPath(name) + "). Choose another name or end that node.");
    return base::fail(base::ErrorCode::Io,
                      "cannot serve as \"" + name + "\": " + path.string()
                          + " cannot be locked: " + std::strerror(errno));
}

NameLock::~NameLock()
{
    closeLocked(m_file);
}

std::vector<std::string> socketNames()
{
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator entry(socketDirectory(), error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string file = entry->path().filename().string();
        if (file.size() > suffix.size() && file.substr(file.size() - suffix.size()) == suffix)
            names.push_back(file.substr(0, file.size() - suffix.size()));
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::uint64_t currentProcessId()
{
#ifdef _WIN32
    return static_cast<std::uint64_t>(_getpid());
#else
    return static_cast<std::uint64_t>(getpid());
#endif
}

} // namespace exitwave::tracer
