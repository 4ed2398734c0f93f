// How a workspace gets, enlarges and loses its arena, and what happens at the end of a cycle.

import { Arena, LEARN_FIRST_LOOP, LEARN_NONE, LEARN_OVER_TIME, SPILL_REALLOCATE } from './arenaLayout';
import { heapAllocate, heapFree, isFresh } from './heap';
import { clearExternals, clearExternalsWhenDue, clearPinned, freeUncounted } from './outside';

/** Bytes of a block beyond the arena; up to 64 of them align its base. */
const MARGIN: f64 = 1024;

/** DebugMode SPILL_EVERYTHING, for all workspaces: nothing fits, and nothing is learnt. */
export let spillEverything: bool = false;

export function arenaSpillEverything(on: i32): void {
  spillEverything = on != 0;
}

/** The offset back to 0: what lies behind stays intact until it is handed out again. */
export function rewind(arena: Arena): void {
  arena.lap += arena.currentSize;
  arena.written = arena.lap;
  arena.offset = 0;
}

export function dismantle(arena: Arena, extended: bool): void {
  rewind(arena);
  arena.currentSize = 0;
  arena.needsBlock = 0;
  if (extended) clearExternals(arena);
  clearPinned(arena, extended);
  if (arena.block) {
    heapFree(arena.block);
    arena.block = 0;
    arena.base = 0;
    arena.releases++;
  }
}

/** Over-allocates and limits currentSize, and orders the block that makeBlock makes. */
export function prepare(arena: Arena): void {
  let size = arena.currentSize;
  if (size <= 0) return;
  arena.needsBlock = 1;
  if (arena.isMapped) return;
  if (!arena.isOver && arena.isOverallocating && arena.overallocationLimit > 0) {
    size += trunc<f64>(size * arena.overallocationLimit);
    arena.isOver = 1;
  }
  if (arena.maxSize > 0 && size > arena.maxSize) size = arena.maxSize;
  arena.currentSize = size;
  arena.isInit = 1;
}

export function makeBlock(arena: Arena): void {
  if (!arena.needsBlock) return;
  if (arena.block) {
    const old = arena.block;
    arena.block = 0;
    arena.releases++;
    heapFree(old);
  }
  const block = heapAllocate(arena.currentSize + MARGIN);
  if (!isFresh) memory.fill(block, 0, <usize>(arena.currentSize + MARGIN));
  arena.needsBlock = 0;
  arena.block = block;
  arena.base = (block + 63) & ~63;
  // Positions of an earlier block must not look intact in this one.
  arena.lap += arena.currentSize + 1;
  arena.written = arena.lap;
}

export function learn(arena: Arena): void {
  if (
    (arena.currentSize < arena.maxCycle || arena.currentSize < arena.cycleAllocations) &&
    arena.spill == SPILL_REALLOCATE &&
    (arena.maxSize == 0 || arena.maxCycle < arena.maxSize) &&
    !arena.isCircular
  ) {
    dismantle(arena, true);
    arena.isInit = 0;
  }
  if (arena.trimmedMode && arena.trimmedStep + 2 < arena.stepsCount) {
    dismantle(arena, false);
    arena.isInit = 0;
    arena.isOver = 0;
  }
  if (arena.isInit || arena.learning == LEARN_NONE) return;
  let size = arena.maxCycle;
  if (arena.maxSize > 0) size = min<f64>(size, arena.maxSize);
  if (arena.isCircular) {
    size = trunc<f64>(size * 1.3);
    size = (floor<f64>(size / 8) + 1) * 8;
    arena.maxCycle = size;
  }
  arena.initialBlockSize = size;
  if (!arena.isOver && arena.isOverallocating && arena.overallocationLimit > 0 && size > 0) {
    size += trunc<f64>(size * arena.overallocationLimit);
    arena.isOver = 1;
  }
  if (arena.minSize > 0 && size < arena.minSize) size = arena.minSize;
  arena.currentSize = size;
  clearExternalsWhenDue(arena);
  prepare(arena);
}

export function endCycle(arena: Arena): void {
  arena.isOpen = 0;
  arena.cyclesCount++;
  if (arena.cyclesCount > 1 && (arena.cyclesCount - 1) % arena.stepsNumber == 0) arena.stepsCount++;
  arena.isUsed = 1;
  arena.maxCycle = max<f64>(arena.maxCycle, arena.cycleAllocations);
  if (arena.learning != LEARN_NONE && arena.maxCycle > 0) {
    clearExternalsWhenDue(arena);
    const isDue =
      (arena.learning == LEARN_OVER_TIME && arena.cyclesBeforeInitialization == arena.cyclesCount) ||
      (arena.learning == LEARN_FIRST_LOOP && arena.currentSize == 0) ||
      (arena.currentSize > 0 && arena.cycleAllocations > 0 && arena.spill == SPILL_REALLOCATE && !arena.isCircular);
    if (isDue && !spillEverything) learn(arena);
  }
  freeUncounted(arena);
  if (arena.pinnedCount > 0) clearPinned(arena, false);
  if (arena.trimmedMode && arena.trimmedStep + 2 < arena.stepsCount) {
    arena.initialBlockSize = arena.maxCycle;
    learn(arena);
    arena.trimmedMode = 0;
    arena.trimmedStep = 0;
    rewind(arena);
  }
  arena.lastCycleAllocations = arena.cycleAllocations;
  arena.disabledCounter = 0;
  if (!arena.isCircular) arena.offset = 0;
  else if (arena.currentSize > 0) {
    const rest = arena.initialBlockSize - arena.cycleAllocations;
    if (rest > 0 && !arena.trimmedMode && arena.offset > 0) arena.offset += rest;
  }
  arena.cycleAllocations = 0;
}
