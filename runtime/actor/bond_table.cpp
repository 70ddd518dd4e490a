// Adding, removing and finding the halves of links and monitors.
#include "runtime/actor/bond_table.h"

#include <algorithm>

namespace exitwave::actor {

void BondTable::add(std::uint64_t key, Signal* half)
{
    half->position = m_count;
    half->id = key;
    if (!m_isBlock && m_count == 0) {
        m_single = half;
        m_count = 1;
        return;
    }
    if (!m_isBlock || m_count == m_block->capacity)
        grow();
    m_block->entries[m_count] = {key, half};
    if (m_block->index)
        m_block->index->emplace(key, m_count);
    ++m_count;
}

void BondTable::remove(Signal* half)
{
    const std::uint32_t position = half->position;
    half->position = noPosition;
    --m_count;
    if (!m_isBlock) {
        m_single = nullptr;
        return;
    }
    Entry* entries = m_block->entries.get();
    if (m_block->index)
        moveIndex(*m_block->index, entries[position].key, position, noPosition);
    if (position != m_count) {
        entries[position] = entries[m_count];
        entries[position].half->position = position;
        if (m_block->index)
            moveIndex(*m_block->index, entries[position].key, m_count, position);
    }
}

Signal* BondTable::find(std::uint64_t key)
{
    if (!m_isBlock)
        return m_single && m_single->id == key ? m_single : nullptr;
    const Entry* entries = m_block->entries.get();
    if (m_count <= indexFrom && !m_block->index) {
        for (std::uint32_t i = 0; i < m_count; ++i) {
            if (entries[i].key == key)
                return entries[i].half;
        }
        return nullptr;
    }
    if (!m_block->index) {
        m_block->index = std::make_unique<Index>();
        m_block->index->reserve(m_count);
        for (std::uint32_t i = 0; i < m_count; ++i)
            m_block->index->emplace(entries[i].key, i);
    }
    const auto found = m_block->index->find(key);
    return found == m_block->index->end() ? nullptr : entries[found->second].half;
}

void BondTable::clear() noexcept
{
    if (m_isBlock)
        delete m_block;
    m_single = nullptr;
    m_isBlock = false;
    m_count = 0;
}

void BondTable::grow()
{
    auto block = std::make_unique<Block>();
    block->capacity = std::max<std::uint32_t>(4, m_isBlock ? m_block->capacity * 2 : 0);
    block->entries = std::make_unique<Entry[]>(block->capacity);
    for (std::uint32_t i = 0; i < m_count; ++i)
        block->entries[i] = at(i);
    if (m_isBlock) {
        block->index = std::move(m_block->index);
        delete m_block;
    }
    m_block = block.release();
    m_isBlock = true;
}

/// `to` == noPosition erases.
void BondTable::moveIndex(Index& index, std::uint64_t key, std::uint32_t from, std::uint32_t to)
{
    const auto [begin, end] = index.equal_range(key);
    for (auto entry = begin; entry != end; ++entry) {
        if (entry->second != from)
            continue;
        if (to == noPosition)
            index.erase(entry);
        else
            entry->second = to;
        return;
    }
}

} // namespace exitwave::actor
