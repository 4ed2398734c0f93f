// The control block of a workspace (assembly/memory/arena.ts) as TypeScript sees it: byte offsets of its fields, and how to read them.

import { runtime } from '../wasm/runtime.ts';
import type { WorkspaceConfiguration } from './configuration.ts';
import { allocateHeap, freeHeap, outOfMemory } from './heap.ts';

/** Fields of 8 bytes: sizes and positions. */
export const SIZE = {
  initialSize: 0,
  minSize: 8,
  maxSize: 16,
  overallocationLimit: 24,
  currentSize: 32,
  offset: 40,
  cycleAllocations: 48,
  lastCycleAllocations: 56,
  maxCycle: 64,
  spilledSize: 72,
  pinnedSize: 80,
  initialBlockSize: 88,
  lap: 96,
  written: 104,
  lastPosition: 112,
  outsideBytes: 120,
} as const;

/** Fields of 4 bytes: policies, counters, flags, addresses. */
export const COUNT = {
  cyclesBeforeInitialization: 128,
  isCircular: 132,
  isOverallocating: 136,
  learning: 140,
  spill: 144,
  isMapped: 148,
  externalCount: 152,
  externalListLength: 156,
  pinnedCount: 160,
  cyclesCount: 164,
  stepsCount: 168,
  stepsNumber: 172,
  generation: 176,
  tagScope: 180,
  trimmedStep: 184,
  disabledCounter: 188,
  isOpen: 192,
  isInit: 196,
  isOver: 200,
  isUsed: 204,
  isBorrowed: 208,
  resetPlanned: 212,
  trimmedMode: 216,
  base: 228,
  externalEpoch: 244,
  pinnedFreed: 252,
  releases: 256,
} as const;

export type SizeField = keyof typeof SIZE;
export type CountField = keyof typeof COUNT;

const LEARNING = { NONE: 0, FIRST_LOOP: 1, OVER_TIME: 2 } as const;
const SPILL = { EXTERNAL: 0, REALLOCATE: 1, FAIL: 2 } as const;

export function readSize(control: number, field: SizeField): number {
  return runtime().memory.f64[(control + SIZE[field]) >>> 3] as number;
}

export function readCount(control: number, field: CountField): number {
  return runtime().memory.u32[(control + COUNT[field]) >>> 2] as number;
}

// The two reads on the path of circular workspaces, without the look-up of a field by its name.
const WRITTEN = SIZE.written / 8;
const CURRENT_SIZE = SIZE.currentSize / 8;
const LAST_POSITION = SIZE.lastPosition / 8;

/** Where the latest allocation of a circular workspace lies. */
export function lastPositionOf(control: number): number {
  return runtime().memory.f64[(control >>> 3) + LAST_POSITION] as number;
}

/** The memory at a position inside a circular arena has not been handed out again. */
export function isIntact(control: number, position: number): boolean {
  const { f64 } = runtime().memory;
  const at = control >>> 3;
  return (f64[at + WRITTEN] as number) <= position + (f64[at + CURRENT_SIZE] as number);
}

/**
 * A control block with the configuration written into it, `initialSize` aside, and its arena if there is an initial size.
 * @throws {ND4JOutOfMemoryError} with nothing left behind.
 */
export function createControl(configuration: WorkspaceConfiguration, initialSize: number, id: string): number {
  const { kernels, memory } = runtime();
  const bytes = kernels.arenaControlBytes();
  const control = allocateHeap(bytes);
  kernels.fillBytes(control, 0, bytes);
  const size = (field: SizeField, value: number): void => {
    memory.f64[(control + SIZE[field]) >>> 3] = value;
  };
  const count = (field: CountField, value: number): void => {
    memory.u32[(control + COUNT[field]) >>> 2] = value;
  };
  size('initialSize', initialSize);
  size('minSize', configuration.minSize);
  size('maxSize', configuration.maxSize);
  size('overallocationLimit', configuration.overallocationLimit);
  count('cyclesBeforeInitialization', configuration.cyclesBeforeInitialization);
  count('isCircular', configuration.policyReset === 'ENDOFBUFFER_REACHED' ? 1 : 0);
  count('isOverallocating', configuration.policyAllocation === 'OVERALLOCATE' ? 1 : 0);
  count('learning', LEARNING[configuration.policyLearning]);
  count('spill', SPILL[configuration.policySpill]);
  count('isMapped', configuration.policyLocation === 'MMAP' ? 1 : 0);
  try {
    kernels.arenaConstruct(control);
  } catch {
    freeHeap(control);
    throw outOfMemory(initialSize, ` for the arena of workspace [${id}]`);
  }
  return control;
}
