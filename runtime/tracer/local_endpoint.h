// Where nodes are found on this machine: the runtime directory, its sockets and who may use them.
// All platform code of tracer is here.
#pragma once

#include "runtime/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace exitwave::tracer {

/// Folder of this user's sockets: $XDG_RUNTIME_DIR/exitwave, or /tmp/exitwave-<uid>/exitwave where
/// that is not set. Not created. Any thread.
[[nodiscard]] std::string socketDirectory();
/// Makes the folder, for this user only. Fails when it exists and belongs to someone else or others
/// may enter it.
[[nodiscard]] base::Result<std::string> makeSocketDirectory();
/// Path of the socket of node `name`.
[[nodiscard]] std::string socketPath(std::string_view name);
/// Letters, digits, '.', '_' and '-', 1 to 64 of them, not beginning with '.'. Fails with
/// InvalidInput and says so.
[[nodiscard]] base::Result<void> checkNodeName(std::string_view name);
/// Fails when a socket cannot have such a long path.
[[nodiscard]] base::Result<void> checkSocketPath(const std::string& path);
/// Lets only this user connect.
[[nodiscard]] base::Result<void> restrictToOwner(const std::string& path);
/// Tells files apart that have the same path one after the other; 0 when there is none.
[[nodiscard]] std::uint64_t fileIdentity(const std::string& path);
/// Names of the nodes that have a socket file in the folder, alive or not; sorted.
[[nodiscard]] std::vector<std::string> socketNames();
[[nodiscard]] std::uint64_t currentProcessId();

/// The right to the name of a node, from acquire() until destruction or the end of the process,
/// however that ends. Kept by a lock on <name>.lock beside the socket; the file stays, because to
/// remove it would let two nodes lock two files of the same name. Thread: one at a time.
class NameLock
{
public:
    /// Fails with Refused when a living node has the name.
    [[nodiscard]] static base::Result<std::unique_ptr<NameLock>> acquire(const std::string& name);
    NameLock(const NameLock&) = delete;
    NameLock& operator=(const NameLock&) = delete;
    ~NameLock();

private:
    explicit NameLock(int file) : m_file(file) {}

    const int m_file;
};

} // namespace exitwave::tracer
