// FrameMeter: how long the last frames took, on the wall and in processor time of all threads.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <ctime>
#include <span>
#include <vector>

namespace exitwave::views {

/// Thread: GUI thread. Call begin() and end() around a frame's painting.
class FrameMeter
{
public:
    void begin()
    {
        m_wallStart = std::chrono::steady_clock::now();
        m_cpuStart = std::clock();
    }
    void end()
    {
        const std::chrono::duration<float, std::milli> wall
            = std::chrono::steady_clock::now() - m_wallStart;
        m_wallMs = wall.count();
        constexpr float millisPerSecond = 1000.0F;
        m_cpuMs = static_cast<float>(std::clock() - m_cpuStart) * millisPerSecond
            / static_cast<float>(CLOCKS_PER_SEC);
        if (m_history.size() == kept) {
            m_history.erase(m_history.begin());
        }
        m_history.push_back(m_wallMs);
        ++m_frames;
    }
    [[nodiscard]] float wallMs() const { return m_wallMs; } ///< of the last frame
    [[nodiscard]] float cpuMs() const { return m_cpuMs; } ///< of the last frame, all threads
    [[nodiscard]] std::size_t frames() const { return m_frames; } ///< painted so far
    /// Milliseconds of the last frames, oldest first.
    [[nodiscard]] std::span<const float> history() const { return m_history; }
    /// Median of the history: one slow frame does not make the number on screen jump.
    [[nodiscard]] float medianMs() const
    {
        if (m_history.empty()) {
            return 0.0F;
        }
        std::vector<float> sorted = m_history;
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        return *middle;
    }

private:
    static constexpr std::size_t kept = 60;
    std::chrono::steady_clock::time_point m_wallStart;
    std::clock_t m_cpuStart = 0;
    float m_wallMs = 0.0F;
    float m_cpuMs = 0.0F;
    std::size_t m_frames = 0;
    std::vector<float> m_history;
};

} // namespace exitwave::views
