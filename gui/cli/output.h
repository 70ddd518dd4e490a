// Output: where a command writes, and whether anybody still reads it.
#pragma once

#include "runtime/base/result.h"

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace exitwave::cli {

/// Standard output or a file. Thread: one.
class Output
{
public:
    /// Standard output. A reader that goes away (`| head`) is no error: wanted() turns false.
    Output();
    /// Creates the file or replaces what it held.
    [[nodiscard]] static base::Result<std::unique_ptr<Output>> create(const std::string& path);
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;
    ~Output();

    void write(std::string_view text);
    void writeLine(std::string_view line);
    /// False when nothing written from now on would arrive: stop.
    [[nodiscard]] bool wanted() const { return m_wanted; }
    /// Writes out what is buffered; the first failure of all writes, if there was one.
    [[nodiscard]] base::Result<void> finish();

private:
    Output(std::FILE* file, std::string name);
    void failed();

    std::FILE* m_file;
    std::string m_name;
    bool m_wanted = true;
    base::Result<void> m_result;
};

} // namespace exitwave::cli
