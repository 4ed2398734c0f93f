// Nd4j.getMemoryManager(): the current workspace, garbage collection and the counters of memory.

import { UnsupportedOperationException } from '../core/errors.ts';
import { now } from '../core/platform.ts';
import { runtime } from '../wasm/runtime.ts';
import { collector, invokeCollection, setPeriodicCollection } from './collection.ts';
import { scope } from './currentWorkspace.ts';
import { DummyWorkspace } from './dummyWorkspace.ts';
import { allocateHeap, freeHeap, heapUse } from './heap.ts';
import type { MemoryWorkspace } from './memoryWorkspace.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/** Bytes in use, by owner. */
export interface MemoryUse {
  /** Live blocks of any kind, rounded up as the heap does. */
  readonly used: number;
  /** Arrays outside workspaces. */
  readonly detached: number;
  /** Number of arrays outside workspaces (views share their owner's). */
  readonly detachedBlocks: number;
  /** Size of linear memory, which grows and never shrinks. */
  readonly linearMemory: number;
}

const LOOPS_KEPT = 100;

/**
 * Memory of this realm. Periodic and occasional collections ask the host to collect handles of arrays outside workspaces;
 * the arrays of workspaces need none.
 * @see org.nd4j.linalg.api.memory.MemoryManager
 */
export class MemoryManager {
  #frequency = 0;
  #calls = 0;
  #isAveraging = false;
  #loops: number[] = [];
  #lastLoop: number | undefined;

  getCurrentWorkspace(): Nd4jWorkspace | null {
    return scope.current;
  }

  /** Makes a workspace current by hand; scopes are the safer way. A dummy counts as null. */
  setCurrentWorkspace(workspace: MemoryWorkspace | null): void {
    scope.current =
      workspace === null || workspace.getWorkspaceType() === 'DUMMY' ? null : (workspace as Nd4jWorkspace);
  }

  /** Without effect, as in ND4J. */
  notifyScopeEntered(): void {}
  /** Without effect, as in ND4J. */
  notifyScopeLeft(): void {}

  /** New arrays are detached until the returned workspace is closed. */
  scopeOutOfWorkspaces(): MemoryWorkspace {
    const dummy = new DummyWorkspace();
    return scope.current === null ? dummy : dummy.notifyScopeEntered();
  }

  /** Least milliseconds between automatic collections, and the period of the periodic one. @throws {RangeError} */
  setAutoGcWindow(milliseconds: number): void {
    if (!(Number.isFinite(milliseconds) && milliseconds >= 0)) {
      throw new RangeError(`Invalid GC window ${milliseconds}: needed are milliseconds, 0 or more`);
    }
    collector.window = milliseconds;
    setPeriodicCollection(collector.isPeriodic);
  }

  getAutoGcWindow(): number {
    return collector.window;
  }

  /** Collects every getAutoGcWindow() milliseconds while on. (ND4J's CPU manager ignores it.) */
  togglePeriodicGc(on: boolean): void {
    setPeriodicCollection(on);
  }

  isPeriodicGcActive(): boolean {
    return collector.isPeriodic;
  }

  /** Every how many calls of invokeGcOccasionally() a collection runs; 0 is never. @throws {RangeError} */
  setOccasionalGcFrequency(frequency: number): void {
    if (!(Number.isInteger(frequency) && frequency >= 0)) {
      throw new RangeError(`Invalid GC frequency ${frequency}: needed is an integer, 0 or more`);
    }
    this.#frequency = frequency;
  }

  getOccasionalGcFrequency(): number {
    return this.#frequency;
  }

  /** Called once in a loop: collects by frequency and window, and records the time of the loop if averaging is on. */
  invokeGcOccasionally(): void {
    const time = now();
    this.#calls++;
    if (this.#isAveraging) {
      if (this.#lastLoop !== undefined) this.#loops.push(time - this.#lastLoop);
      if (this.#loops.length > LOOPS_KEPT) this.#loops.shift();
      this.#lastLoop = time;
    }
    const isDue = this.#frequency > 0 && this.#calls % this.#frequency === 0;
    if (isDue && time > collector.lastTime + collector.window) this.invokeGc();
  }

  /** Asks the host to collect now (`node --expose-gc`: at once). Memory of dead arrays comes back with the host's next turn. */
  invokeGc(): void {
    invokeCollection();
  }

  /** When the last collection was asked for, in milliseconds of the host's monotonic clock. */
  getLastGcTime(): number {
    return collector.lastTime;
  }

  toggleAveraging(on: boolean): void {
    this.#isAveraging = on;
    this.#loops = [];
    this.#lastLoop = undefined;
  }

  /** Mean milliseconds between calls of invokeGcOccasionally(); 0 when averaging is off or nothing was recorded (ND4J divides by zero). */
  getAverageLoopTime(): number {
    if (this.#loops.length === 0) return 0;
    return Math.trunc(this.#loops.reduce((sum, each) => sum + each, 0) / this.#loops.length);
  }

  /** A block of linear memory of one's own, to be released by hand. @throws {ND4JOutOfMemoryError} */
  allocate(bytes: number, initialize = true): number {
    const address = allocateHeap(bytes);
    if (initialize) runtime().kernels.fillBytes(address, 0, bytes);
    return address;
  }

  /** Frees a block of `allocate`. */
  release(address: number): void {
    freeHeap(address);
  }

  /** @throws {UnsupportedOperationException} always, as in ND4J. */
  collect(): never {
    throw new UnsupportedOperationException("This method isn't implemented yet");
  }

  /** Without effect: there are no caches. */
  purgeCaches(): void {}
  /** Without effect: there is no device context. */
  releaseCurrentContext(): void {}
  /** Not measured. */
  getBandwidthUse(): null {
    return null;
  }

  /** Bytes in live blocks: arrays, arenas, spilled and pinned memory. */
  allocatedMemory(): number {
    return runtime().kernels.heapUsed();
  }

  /** The counters of memory. */
  getMemoryUse(): MemoryUse {
    return {
      used: this.allocatedMemory(),
      detached: heapUse.bytes,
      detachedBlocks: heapUse.blocks,
      linearMemory: runtime().memory.byteLength,
    };
  }
}

/** The memory manager of this realm: what `Nd4j.getMemoryManager()` returns. */
export const memoryManager = new MemoryManager();
