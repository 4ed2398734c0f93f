// The workspace: a bump arena that learns its size, with ND4J's rules for what does not fit. One control block per workspace;
// TypeScript (src/memory/arenaControl.ts) writes the configuration into it and reads every number from it.
//
//   control block   [ f64: configuration · sizes · circular positions | u32: policies · counters · flags · addresses ]  = Arena below
//   arena           base ── offset →│ free …… │ margin (1024 bytes, of which up to 64 align the base)
//   linear          offset = 0 at every enter and close; what does not fit is external until the cycle ends
//   circular        │ block │ block │ block │ … │ offset goes on through cycles, each padded to a block; back to 0 at the end;
//                   what exceeds a block is pinned until two more steps (trips around) have passed
//   external block  [ next | bytes | step | – ] payload          (16 bytes before every spilled or pinned payload)
//
// The numbers are those of ND4J 1.0.0-M2.1 for the same calls, recorded in test/golden/dl4j/memory.
// Allocation of the arena itself comes last: when it traps, everything else is done and arenaAbandon tidies up.

import { heapAllocate, heapFree, isFresh } from './heap';

const ALIGNMENT: f64 = 32;
const MARGIN: f64 = 1024;
const HEADER: usize = 16;

const LEARN_NONE: u32 = 0;
const LEARN_FIRST_LOOP: u32 = 1;
const LEARN_OVER_TIME: u32 = 2;
const SPILL_REALLOCATE: u32 = 1;
const SPILL_FAIL: u32 = 2;

@unmanaged
class ExternalBlock {
  next: ExternalBlock | null;
  bytes: u32;
  step: u32;
  unused: u32;
}

@unmanaged
class Arena {
  // configuration
  initialSize: f64;
  minSize: f64;
  maxSize: f64;
  overallocationLimit: f64;
  // bytes
  currentSize: f64;
  offset: f64;
  cycleAllocations: f64;
  lastCycleAllocations: f64;
  maxCycle: f64;
  spilledSize: f64;
  pinnedSize: f64;
  initialBlockSize: f64;
  /** Absolute position of arena byte 0 in the present lap; grows by the size at every wrap, so that positions never repeat. */
  lap: f64;
  /** Absolute position behind the last byte handed out. Memory made at position p is intact while written <= p + currentSize. */
  written: f64;
  /** Position of the latest allocation: absolute in the arena, −(2·epoch + 1) if external, −(2·serial + 2) if pinned. */
  lastPosition: f64;
  /** Bytes of external and pinned blocks in the heap. */
  outsideBytes: f64;
  // configuration
  cyclesBeforeInitialization: u32;
  isCircular: u32;
  isOverallocating: u32;
  learning: u32;
  spill: u32;
  isMapped: u32;
  // counters
  externalCount: u32;
  externalListLength: u32;
  pinnedCount: u32;
  cyclesCount: u32;
  stepsCount: u32;
  stepsNumber: u32;
  generation: u32;
  tagScope: u32;
  trimmedStep: u32;
  disabledCounter: u32;
  // flags
  isOpen: u32;
  isInit: u32;
  isOver: u32;
  isUsed: u32;
  isBorrowed: u32;
  resetPlanned: u32;
  trimmedMode: u32;
  needsBlock: u32;
  // memory
  block: usize;
  base: usize;
  externals: ExternalBlock | null;
  firstPinned: ExternalBlock | null;
  lastPinned: ExternalBlock | null;
  /** How often the externals were freed; how many pinned blocks were made and freed; how often memory of any kind was freed. */
  externalEpoch: u32;
  pinnedMade: u32;
  pinnedFreed: u32;
  releases: u32;
}

/** DebugMode SPILL_EVERYTHING, for all workspaces. */
let spillEverything: bool = false;

export function arenaSpillEverything(on: i32): void {
  spillEverything = on != 0;
}

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

/** The offset back to 0: what lies behind stays intact until it is handed out again. */
function rewind(arena: Arena): void {
  arena.lap += arena.currentSize;
  arena.written = arena.lap;
  arena.offset = 0;
}

function makeOutside(arena: Arena, size: f64, zeroed: i32): ExternalBlock {
  const block = changetype<ExternalBlock>(heapAllocate(size + <f64>HEADER));
  block.next = null;
  block.bytes = <u32>size;
  block.step = arena.stepsCount;
  arena.outsideBytes += size;
  if (zeroed) memory.fill(changetype<usize>(block) + HEADER, 0, <usize>size);
  return block;
}

function makeExternal(arena: Arena, size: f64, zeroed: i32): usize {
  const block = makeOutside(arena, size, zeroed);
  block.next = arena.externals;
  arena.externals = block;
  arena.externalListLength++;
  arena.lastPosition = -(<f64>arena.externalEpoch * 2 + 1);
  return changetype<usize>(block) + HEADER;
}

function makePinned(arena: Arena, size: f64, zeroed: i32): usize {
  if (arena.spill == SPILL_FAIL) {
    arena.pinnedSize += size;
    return 0;
  }
  const block = makeOutside(arena, size, zeroed);
  const last = arena.lastPinned;
  if (last) last.next = block;
  else arena.firstPinned = block;
  arena.lastPinned = block;
  arena.lastPosition = -(<f64>arena.pinnedMade * 2 + 2);
  arena.pinnedMade++;
  arena.pinnedCount++;
  arena.pinnedSize += size;
  arena.cycleAllocations += size;
  return changetype<usize>(block) + HEADER;
}

function freeOutside(arena: Arena, block: ExternalBlock): void {
  arena.outsideBytes -= <f64>block.bytes;
  arena.releases++;
  heapFree(changetype<usize>(block));
}

function clearExternals(arena: Arena): void {
  let block = arena.externals;
  while (block) {
    const next = block.next;
    freeOutside(arena, block);
    block = next;
  }
  arena.externals = null;
  arena.externalCount = 0;
  arena.externalListLength = 0;
  arena.spilledSize = 0;
  arena.externalEpoch++;
}

/**
 * Blocks made while toggled off are not counted, so ND4J keeps them until something else clears the list. Here their memory goes
 * when the counted kind would; the reported numbers stay ND4J's.
 */
function freeUncounted(arena: Arena): void {
  if (arena.externalCount > 0 || !arena.externals || (arena.isCircular && !arena.resetPlanned)) return;
  const length = arena.externalListLength;
  const spilled = arena.spilledSize;
  clearExternals(arena);
  arena.externalListLength = length;
  arena.spilledSize = spilled;
}

/** A circular workspace keeps its externals until the buffer has wrapped. */
function clearExternalsWhenDue(arena: Arena): void {
  freeUncounted(arena);
  if (arena.externalCount > 0 && (!arena.isCircular || arena.resetPlanned)) {
    clearExternals(arena);
    arena.resetPlanned = 0;
  }
}

function clearPinned(arena: Arena, all: bool): void {
  let block = arena.firstPinned;
  while (block && (all || block.step + 2 < arena.stepsCount)) {
    const next = block.next;
    arena.pinnedCount--;
    arena.pinnedFreed++;
    arena.pinnedSize -= <f64>block.bytes;
    freeOutside(arena, block);
    block = next;
  }
  arena.firstPinned = block;
  if (!block) arena.lastPinned = null;
}

function dismantle(arena: Arena, extended: bool): void {
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
function prepare(arena: Arena): void {
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

function makeBlock(arena: Arena): void {
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

function learn(arena: Arena): void {
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

function endCycle(arena: Arena): void {
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
