// BondTable: one process's links, or its monitors, in one contiguous piece of memory.
#pragma once

#include "runtime/actor/signal.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace exitwave::actor {

/// The halves that a process owns, each under a key: the packed pid of a link's peer, the ref of a
/// monitor. Usually there are none or one, and that one needs no memory beside the half itself.
/// Each half knows its position, so a half is removed without searching. An index is built only
/// when a table of more than `indexFrom` entries is searched.
/// Thread: the worker that runs the process. Halves belong to their bonds.
class BondTable
{
public:
    static constexpr std::uint32_t indexFrom = 32;

    struct Entry
    {
        std::uint64_t key = 0;
        Signal* half = nullptr;
    };

    BondTable() = default;
    BondTable(const BondTable&) = delete;
    BondTable& operator=(const BondTable&) = delete;
    ~BondTable() { clear(); }

    /// Uses the half's `id` for the key until the half is removed.
    void add(std::uint64_t key, Signal* half);
    /// \pre half->position != noPosition, which it is afterwards.
    void remove(Signal* half);
    /// A half under `key`, or null. There may be more than one (links made by both at once).
    [[nodiscard]] Signal* find(std::uint64_t key);

    [[nodiscard]] std::uint32_t size() const noexcept { return m_count; }
    [[nodiscard]] Entry at(std::uint32_t position) const noexcept
    {
        return m_isBlock ? m_block->entries[position] : Entry{m_single->id, m_single};
    }
    /// Forgets all halves.
    void clear() noexcept;

private:
    using Index = std::unordered_multimap<std::uint64_t, std::uint32_t>;

    struct Block
    {
        std::uint32_t capacity = 0;
        std::unique_ptr<Entry[]> entries;
        std::unique_ptr<Index> index;
    };

    void grow();
    static void moveIndex(Index& index, std::uint64_t key, std::uint32_t from, std::uint32_t to);

    union {
        Signal* m_single = nullptr; ///< the only entry, if any; its key is in its id
        Block* m_block;
    };
    std::uint32_t m_count = 0;
    bool m_isBlock = false;
};

static_assert(sizeof(BondTable) == 16, "it is part of every process's cache line");

} // namespace exitwave::actor
