// The control block of a workspace in linear memory. TypeScript reads it by byte offsets (src/memory/arenaControl.ts): keep both in step.

export const LEARN_NONE: u32 = 0;
export const LEARN_FIRST_LOOP: u32 = 1;
export const LEARN_OVER_TIME: u32 = 2;
export const SPILL_REALLOCATE: u32 = 1;
export const SPILL_FAIL: u32 = 2;

/** Before the payload of every spilled or pinned block. */
@unmanaged
export class ExternalBlock {
  next: ExternalBlock | null;
  bytes: u32;
  step: u32;
  unused: u32;
}

/** All of a workspace's state. */
@unmanaged
export class Arena {
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
