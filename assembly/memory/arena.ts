// The workspace: a bump arena that learns its size, with ND4J's rules for what does not fit. One control block per workspace;
// TypeScript (src/memory/arenaControl.ts) writes the configuration into it and reads every number from it.
//
//   control block   [ f64: configuration · sizes · circular positions | u32: policies · counters · flags · addresses ]  = Arena in arenaLayout.ts
//   arena           base ── offset →│ free …… │ margin (1024 bytes, of which up to 64 align the base)
//   linear          offset = 0 at every enter and close; what does not fit is external until the cycle ends
//   circular        │ block │ block │ block │ … │ offset goes on through cycles, each padded to a block; back to 0 at the end;
//                   what exceeds a block is pinned until two more steps (trips around) have passed
//   external block  [ next | bytes | step | – ] payload          (16 bytes before every spilled or pinned payload)
//
// The numbers are those of ND4J 1.0.0-M2.1 for the same calls, recorded in test/golden/dl4j/memory.
// Allocation of the arena itself comes last: when it traps, everything else is done and arenaAbandon tidies up.

import { Arena, SPILL_FAIL, SPILL_REALLOCATE } from './arenaLayout';
import { heapFree } from './heap';
import { dismantle, endCycle, learn, makeBlock, prepare, rewind, spillEverything } from './learning';
import { clearExternalsWhenDue, makeExternal, makePinned } from './outside';

const ALIGNMENT: f64 = 32;

/** Bytes of a control block. */
export function arenaControlBytes(): i32 {
  return offsetof<Arena>();
}

/** Begins the life of a control block whose configuration is written and whose other fields are 0. Traps without memory. */
export function arenaConstruct(arena: Arena): void {
  arena.currentSize = arena.initialSize;
  arena.isUsed = 1;
  arena.stepsNumber = 1;
  if (arena.isCircular && arena.isOverallocating) arena.stepsNumber = <u32>(arena.overallocationLimit + 1);
  prepare(arena);
  makeBlock(arena);
}

/** The quick way: address of `bytes` bytes that fit into the arena, zeroed if asked; else 0, and arenaAllocate knows what to do. */
export function arenaBump(arena: Arena, bytes: f64, zeroed: i32): usize {
  const size = ceil<f64>(bytes / ALIGNMENT) * ALIGNMENT;
  const fits = arena.offset + size <= arena.currentSize && arena.isUsed && !spillEverything && !trims(arena, size);
  return fits ? bump(arena, size, zeroed) : 0;
}

/** Address of `bytes` bytes, zeroed if asked; 0 when the workspace is full (policy FAIL). Traps without memory. */
export function arenaAllocate(arena: Arena, bytes: f64, zeroed: i32): usize {
  const size = ceil<f64>(bytes / ALIGNMENT) * ALIGNMENT;
  if (!arena.isUsed) {
    const spilled = makeExternal(arena, size, zeroed);
    arena.disabledCounter++;
    return spilled;
  }
  if (trims(arena, size)) {
    if (arena.spill == SPILL_REALLOCATE && !arena.trimmedMode) {
      arena.trimmedMode = 1;
      arena.trimmedStep = arena.stepsCount;
    }
    return makePinned(arena, size, zeroed);
  }
  if (!spillEverything) {
    if (arena.offset + size <= arena.currentSize) return bump(arena, size, zeroed);
    if (arena.isCircular && arena.currentSize > 0) {
      rewind(arena);
      arena.resetPlanned = 1;
      // Upstream recurses here without end when the whole arena is too small.
      return size <= arena.currentSize ? bump(arena, size, zeroed) : 0;
    }
  }
  if (arena.spill == SPILL_FAIL) {
    arena.spilledSize += size;
    return 0;
  }
  const address = makeExternal(arena, size, zeroed);
  arena.spilledSize += size;
  arena.cycleAllocations += size;
  arena.externalCount++;
  return address;
}

/** Enters: 0 outermost, 1 nested in itself (tagged), 2 refused because it is open and not current. */
export function arenaEnter(arena: Arena, isCurrent: i32): i32 {
  if (arena.isOpen) {
    if (!isCurrent) return 2;
    arena.tagScope++;
    return 1;
  }
  arena.isOpen = 1;
  if (!arena.isCircular) arena.offset = 0;
  clearExternalsWhenDue(arena);
  arena.cycleAllocations = 0;
  arena.disabledCounter = 0;
  arena.generation++;
  return 0;
}

/** Counts one more scope that a close has to end first. */
export function arenaTag(arena: Arena): void {
  arena.tagScope++;
}

/** Returns 0, or 1 when it is borrowed already. */
export function arenaBorrow(arena: Arena): i32 {
  if (arena.isBorrowed) return 1;
  arena.isBorrowed = 1;
  return 0;
}

/** What a close ended: 0 the cycle, 1 a tag, 2 a borrow, 3 nothing, for it was not open; 4 the cycle, and arenaMakeBlock is due. */
export function arenaClose(arena: Arena): i32 {
  if (arena.tagScope > 0) {
    arena.tagScope--;
    return 1;
  }
  if (arena.isBorrowed) {
    arena.isBorrowed = 0;
    return 2;
  }
  if (!arena.isOpen) return 3;
  endCycle(arena);
  return arena.needsBlock ? 4 : 0;
}

/** Ends tags and borrow, so that the next close ends the cycle. */
export function arenaUnwind(arena: Arena): void {
  arena.tagScope = 0;
  arena.isBorrowed = 0;
}

/** Allocates the arena whose size was learnt. Traps without memory. */
export function arenaMakeBlock(arena: Arena): void {
  makeBlock(arena);
}

/** Learns the size, or re-learns it, as a close does. */
export function arenaInitialize(arena: Arena): void {
  learn(arena);
  makeBlock(arena);
}

/** Frees the arena, the pinned blocks that are old enough, and if `extended` all external and pinned ones. */
export function arenaDestroy(arena: Arena, extended: i32): void {
  dismantle(arena, extended != 0);
}

export function arenaReset(arena: Arena): void {
  rewind(arena);
}

export function arenaToggle(arena: Arena, use: i32): void {
  arena.isUsed = use;
}

/** After a trap of construct, makeBlock or initialize: no arena, everything else in order. */
export function arenaAbandon(arena: Arena): void {
  arena.needsBlock = 0;
  arena.isInit = 0;
  arena.currentSize = 0;
  rewind(arena);
}

/** Frees all memory of the workspace, and the control block. */
export function arenaRelease(arena: Arena): void {
  dismantle(arena, true);
  heapFree(changetype<usize>(arena));
}

/** The request exceeds the block of a circular workspace, or an earlier one has and the buffer is not rebuilt yet. */
function trims(arena: Arena, size: f64): bool {
  return (
    arena.trimmedMode != 0 ||
    (arena.isCircular != 0 && arena.initialBlockSize > 0 && size + arena.cycleAllocations > arena.initialBlockSize)
  );
}

function bump(arena: Arena, size: f64, zeroed: i32): usize {
  const offset = arena.offset;
  const position = arena.lap + offset;
  arena.cycleAllocations += size;
  arena.offset = offset + size;
  arena.lastPosition = position;
  arena.written = position + size;
  const address = arena.base + <usize>offset;
  if (zeroed) memory.fill(address, 0, <usize>size);
  return address;
}
