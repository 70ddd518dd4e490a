#include "gui/cli/output.h"

#include <cerrno>
#include <cstring>

namespace exitwave::cli {

Output::Output() : Output(stdout, "standard output") {}

Output::Output(std::FILE* file, std::string name) : m_file(file), m_name(std::move(name)) {}

Output::~Output()
{
    if (m_file != stdout)
        std::fclose(m_file);
}

base::Result<std::unique_ptr<Output>> Output::create(const std::string& path)
{
    std::FILE* file = std::fopen(path.c_str(), "wb");
    if (file == nullptr)
        return base::fail(base::ErrorCode::Io,
                          path + " cannot be written: " + std::strerror(errno) + ".");
    return std::unique_ptr<Output>(new Output(file, path));
}

void Output::failed()
{
    const int error = errno;
    m_wanted = false;
    if (error != EPIPE && m_result.ok())
        m_result = base::fail(base::ErrorCode::Io,
                              m_name + " cannot be written: " + std::strerror(error)
                                  + ". What is there is incomplete.");
}

void Output::write(std::string_view text)
{
    if (m_wanted && std::fwrite(text.data(), 1, text.size(), m_file) != text.size())
        failed();
}

void Output::writeLine(std::string_view line)
{
    write(line);
    write("\n");
}

base::Result<void> Output::finish()
{
    if (m_wanted && std::fflush(m_file) != 0)
        failed();
    return m_result;
}

} // namespace exitwave::cli
