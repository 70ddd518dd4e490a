// The table of atoms.
//
//   id -> name:  chunks[id / chunkSize] -> names[id % chunkSize]   (no lock: chunks never move)
//   name -> id:  a hash index behind a mutex, used when interning only
#include "runtime/term/atom.h"

#include "runtime/base/check.h"
#include "runtime/base/mutex.h"
#include "runtime/base/utf8.h"
#include "runtime/term/atoms.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <unordered_map>

namespace exitwave::term {

namespace {

constexpr std::uint32_t chunkSize = 1U << 12;
constexpr std::uint32_t chunkCount = Atom::maxCount / chunkSize;

using Chunk = std::array<std::string, chunkSize>;

/// Thread: any. Lives as long as the program, so names never dangle.
class AtomTable
{
public:
    static AtomTable& instance()
    {
        // Never destroyed: threads may still print atoms while static objects go away.
        static AtomTable* const table = new AtomTable;
        return *table;
    }

    std::string_view name(std::uint32_t id) const noexcept
    {
        if (!EXITWAVE_CHECK(id < Atom::maxCount))
            return "error";
        // Acquire pairs with the release in intern(). The name itself was written before its id
        // was given out, and whoever passes an id on to another thread synchronises with it.
        const Chunk* chunk = m_chunks[id / chunkSize].load(std::memory_order_acquire);
        if (!EXITWAVE_CHECK(chunk))
            return "error";
        return (*chunk)[id % chunkSize];
    }

    /// The id of this valid name, or maxCount when it is new and the table holds `limit` names.
    std::uint32_t intern(std::string_view name, std::uint32_t limit)
    {
        const base::MutexLock lock(m_mutex);
        const auto found = m_ids.find(name);
        if (found != m_ids.end())
            return found->second;
        if (m_count >= limit)
            return Atom::maxCount;
        const std::uint32_t id = m_count;
        std::atomic<Chunk*>& place = m_chunks[id / chunkSize];
        Chunk* chunk = place.load(std::memory_order_relaxed); // written under this lock only
        if (!chunk) {
            chunk = new Chunk;
            place.store(chunk, std::memory_order_release); // pairs with the acquire in name()
        }
        std::string& stored = (*chunk)[id % chunkSize];
        stored = name;
        m_ids.emplace(stored, id);
        ++m_count;
        return id;
    }

private:
    AtomTable()
    {
        constexpr std::string_view predefined[] = {
#define EXITWAVE_ATOM_TEXT(name, text) text,
            EXITWAVE_ATOMS(EXITWAVE_ATOM_TEXT)
#undef EXITWAVE_ATOM_TEXT
        };
        std::uint32_t expected = 0;
        for (const std::string_view text : predefined) {
            if (!EXITWAVE_CHECK(intern(text, Atom::maxCount)
                                == expected)) // the list names an atom twice
                break;
            ++expected;
        }
    }

    std::array<std::atomic<Chunk*>, chunkCount> m_chunks{};
    base::Mutex m_mutex;
    std::unordered_map<std::string_view, std::uint32_t> m_ids EXITWAVE_GUARDED_BY(m_mutex);
    std::uint32_t m_count EXITWAVE_GUARDED_BY(m_mutex) = 0;
};

} // namespace

namespace {

// The atom's id, or why it cannot be one. `limit`: see AtomTable::intern.
base::Result<std::uint32_t> internChecked(std::string_view name, std::uint32_t limit)
{
    if (!base::isValidUtf8(name))
        return base::fail(base::ErrorCode::InvalidInput, "the name of an atom must be UTF-8");
    if (name.size() > Atom::maxCharacters && base::countCodePoints(name) > Atom::maxCharacters) {
        return base::fail(base::ErrorCode::Overflow,
                          "an atom has at most 255 characters, not "
                              + std::to_string(base::countCodePoints(name)) + ": \""
                              + std::string(name.substr(0, 32)) + "...\"");
    }
    const std::uint32_t id = AtomTable::instance().intern(name, limit);
    if (id == Atom::maxCount) {
        return base::fail(base::ErrorCode::Overflow,
                          "the table of atoms is full (" + std::to_string(limit)
                              + " names); atoms are never freed, so restart the program");
    }
    return id;
}

} // namespace

Atom Atom::intern(std::string_view name)
{
    const base::Result<std::uint32_t> id = internChecked(name, maxCount);
    if (!EXITWAVE_CHECK(id.ok()))
        return atoms::error;
    return Atom(id.value());
}

base::Result<Atom> Atom::tryIntern(std::string_view name)
{
    const base::Result<std::uint32_t> id = internChecked(name, maxForeignCount);
    if (!id.ok())
        return id.error();
    return Atom(id.value());
}

std::string_view Atom::name() const noexcept
{
    return AtomTable::instance().name(m_id);
}

} // namespace exitwave::term
