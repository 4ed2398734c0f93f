// Garbage: buffers outside workspaces whose handles died give their memory back, and the host is told when much of it is waiting.
//
// The collector sees small handles, not the linear memory behind them, so left alone it runs far too late. Every PRESSURE bytes of
// new detached memory a large ArrayBuffer is made and dropped: engines count it, and collect. What it finds dead comes back here
// as soon as the host gets a turn; a loop that never gives it one is warned.

import { collectGarbage, now, repeat, warn, yieldToHost } from '../core/platform.ts';
import { runtime } from '../wasm/runtime.ts';
import { formatBytes, freeHeap, heapUse } from './heap.ts';

const PRESSURE = 128 * 2 ** 20;
/** So many times the pressure do not wait for the window of setAutoGcWindow. */
const URGENT = 4;
/** Bytes made without a turn of the host, and held by so many buffers, at which the developer is warned. */
const WARNING = 2 ** 30;
const MANY = 1000;

/** State of the collector that getMemoryManager() shows and changes. */
export const collector = {
  /** Least milliseconds between automatic collections. */
  window: 100,
  lastTime: now(),
  isPeriodic: false,
  /** Blocks that came back because their handles died. */
  collectedBlocks: 0,
};
/** PRESSURE, or less where memory is small; 0 until the first registration. */
let pressure = 0;
let sinceCollection = 0;
let sinceTurn = 0;
let isWatched = false;
let hasWarned = false;
let stopTimer: (() => void) | undefined;

// One slot per registered owner. A slot outlives the block until its owner was found dead, so a held value never frees the wrong block.
const addresses: number[] = [];
const sizes: number[] = [];
const counts: number[] = [];
const freeSlots: number[] = [];

const registry = new FinalizationRegistry<number>((slot) => {
  if (addresses[slot] !== 0) {
    collector.collectedBlocks += counts[slot] as number;
    releaseSlot(slot);
  }
  freeSlots.push(slot);
});

/** Makes `owner`'s death free the block. Returns the slot that countUse and releaseSlot want. */
export function registerForCollection(owner: object, address: number): number {
  if (pressure === 0) pressure = Math.min(PRESSURE, runtime().maxMemoryBytes / 16);
  const slot = freeSlots.length > 0 ? (freeSlots.pop() as number) : addresses.length;
  addresses[slot] = address;
  sizes[slot] = 0;
  counts[slot] = 0;
  registry.register(owner, slot);
  return slot;
}

/** Counts what a slot's block serves: bytes and number of buffers, more or (with negative numbers) less. */
export function countUse(slot: number, bytes: number, buffers: number): void {
  sizes[slot] = (sizes[slot] as number) + bytes;
  counts[slot] = (counts[slot] as number) + buffers;
  heapUse.bytes += bytes;
  heapUse.blocks += buffers;
  sinceCollection = Math.max(0, sinceCollection + bytes);
  if (sinceCollection > pressure) relieve();
}

/** Frees the block of a slot now. */
export function releaseSlot(slot: number): void {
  countUse(slot, -(sizes[slot] as number), -(counts[slot] as number));
  freeHeap(addresses[slot] as number);
  addresses[slot] = 0;
}

function relieve(): void {
  if (sinceCollection < URGENT * pressure && now() - collector.lastTime < collector.window) return;
  sinceTurn += sinceCollection;
  watchForTurn();
  provokeCollection(PRESSURE);
  if (sinceTurn > WARNING && heapUse.bytes > WARNING && heapUse.blocks > MANY && !hasWarned) {
    hasWarned = true;
    warn(
      'NDARENA_GARBAGE',
      `${formatBytes(heapUse.bytes)} are held by ${heapUse.blocks} arrays outside workspaces, and none could be collected because this code gives the host no turn. Run the loop in a workspace (Nd4j.getWorkspaceManager().getAndActivateWorkspace), or close() temporary arrays, or await something in the loop.`,
    );
  }
}

/** Notices the host's next turn: only then can dead handles be found. */
function watchForTurn(): void {
  if (isWatched) return;
  isWatched = true;
  void yieldToHost().then(() => {
    isWatched = false;
    sinceTurn = 0;
  });
}

function provokeCollection(bytes: number): void {
  collector.lastTime = now();
  sinceCollection = 0;
  try {
    new ArrayBuffer(bytes);
  } catch {
    // The host has no room for it: it will collect on its own account.
  }
}

/** Collects now: the host's collector where it is exposed (`--expose-gc`), else a nudge. Dead arrays come back with the host's next turn. */
export function invokeCollection(): void {
  if (collectGarbage()) {
    collector.lastTime = now();
    sinceCollection = 0;
  } else provokeCollection(PRESSURE);
}

/** Collects every `collector.window` milliseconds while on. The timer keeps no process alive. */
export function setPeriodicCollection(on: boolean): void {
  collector.isPeriodic = on;
  stopTimer?.();
  stopTimer = undefined;
  if (on && collector.window > 0) {
    stopTimer = repeat(collector.window, () => {
      if (sinceCollection > 0) invokeCollection();
    });
  }
}

/** Bytes of linear memory in live blocks of any kind. */
export function usedBytes(): number {
  return runtime().kernels.heapUsed();
}
