// What workers, contexts and the system do with the slot of one process.
#pragma once

#include "runtime/actor/process_info.h"
#include "runtime/actor/slot.h"

#include <cstddef>

namespace exitwave::actor {

struct SystemCore;

/// Makes the free slot a process that has not been opened yet. The slot owns `body`.
void prepareSlot(Slot& slot, Resumable* body);
/// The rarely needed part; made when it is not there yet. \pre the caller runs the process.
[[nodiscard]] SlotExtra& extraOf(Slot& slot);
/// \pre the caller runs the process, or nothing runs.
[[nodiscard]] ProcessInfo infoOf(SystemCore& core, Slot& slot, Pid pid);
/// Frees all that the process holds and tells nobody. \pre nothing runs.
void dropProcess(Slot& slot, Pid pid);

} // namespace exitwave::actor
