// DataBuffer: the memory of one or more arrays, owned by the heap (detached) or by a workspace (attached).

import { type DataType, type DataTypeInfo, dataTypeInfo, type TypedArray } from '../core/dataType.ts';
import { ND4JIllegalStateException } from '../core/errors.ts';
import { vectorGeometry } from '../core/geometry.ts';
import { runtime } from '../wasm/runtime.ts';
import { countUse, registerForCollection, releaseSlot } from './collection.ts';
import { raiseReport, scope } from './currentWorkspace.ts';
import { readElement, readNumber, writeElement } from './element.ts';
import { allocateHeap } from './heap.ts';
import { type SharedBlock, SMALL, takeSmall } from './smallBlocks.ts';
import { recordCreation } from './stackTraces.ts';
import { checkArgument } from './validity.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/** Address of buffers without elements: aligned, never read. */
const EMPTY = 16;

/** Whose stamp decides whether a buffer may be used: a workspace, or one of the two below. */
interface Holder {
  readonly liveStamp: number;
}
/** Holds every detached buffer that is not closed. */
const HEAP: Holder = { liveStamp: -1 };
/** Holds the buffers of circular workspaces: equals no stamp, so that the window decides. */
const WINDOW: Holder = { liveStamp: Number.NaN };
/** The stamp of a closed buffer. */
const RELEASED = -3;

/**
 * A run of elements of one type in linear memory.
 *
 * - Detached (`workspace === null`): a heap block of its own, freed by `close()` or when every handle has been collected.
 * - Attached: memory of a workspace, usable while `workspace.liveStamp === stamp` (see workspace.ts); nothing has to be freed.
 */
export class DataBuffer {
  /** One compare of its stamp with this buffer's is the whole check of linear and detached memory. */
  private readonly holder: Holder;
  /** What a detached buffer owns: a slot of the collector, or a piece of a shared block. */
  #slot = -1;
  #shared: SharedBlock | null = null;

  private constructor(
    readonly info: DataTypeInfo,
    /** Elements. */
    readonly length: number,
    /** Byte address of element 0, aligned to 16 bytes. */
    readonly address: number,
    readonly workspace: Nd4jWorkspace | null,
    /** The workspace's stamp when this buffer was made; −1 if detached, −3 once it is closed. */
    public stamp: number,
    /** The workspace's generation when this buffer was made; 0 if detached. */
    readonly generation: number,
    /** Where a circular workspace put the memory: what its `covers` compares. */
    readonly position: number,
  ) {
    this.holder = workspace === null ? HEAP : workspace.isCircular ? WINDOW : workspace;
  }

  /** True once `close()` has freed a detached buffer. */
  get released(): boolean {
    return this.stamp === RELEASED;
  }

  /** Memory in the current workspace, or on the heap when there is none. */
  static allocate(info: DataTypeInfo, length: number, zeroed: boolean): DataBuffer {
    return DataBuffer.allocateIn(scope.current, info, length, zeroed);
  }

  /** Memory in the given workspace, or on the heap for null. @throws {ND4JOutOfMemoryError | ND4JIllegalStateException} */
  static allocateIn(workspace: Nd4jWorkspace | null, info: DataTypeInfo, length: number, zeroed: boolean): DataBuffer {
    if (workspace === null || length === 0) return DataBuffer.allocateDetached(info, length, zeroed);
    const address = workspace.allocate(length * info.width, zeroed);
    const { allocationStamp, generation, lastPosition } = workspace;
    const buffer = new DataBuffer(info, length, address, workspace, allocationStamp, generation, lastPosition);
    if (scope.stackTraces || workspace.isDebug) recordCreation(buffer);
    return buffer;
  }

  /** Memory on the heap, whatever is current. @throws {ND4JOutOfMemoryError} */
  static allocateDetached(info: DataTypeInfo, length: number, zeroed: boolean): DataBuffer {
    if (scope.report !== null) raiseReport();
    if (length === 0) return new DataBuffer(info, 0, EMPTY, null, -1, 0, 0);
    const bytes = length * info.width;
    const shared = bytes <= SMALL ? takeSmall(bytes) : null;
    const address = shared === null ? allocateHeap(bytes) : shared.latest;
    if (zeroed) runtime().kernels.fillBytes(address, 0, bytes);
    const buffer = new DataBuffer(info, length, address, null, -1, 0, 0);
    if (shared === null) buffer.#own(address, bytes);
    else buffer.#shared = shared;
    return buffer;
  }

  #own(address: number, bytes: number): void {
    this.#slot = registerForCollection(this, address);
    countUse(this.#slot, bytes, 1);
  }

  #free(): void {
    if (this.#shared !== null) this.#shared.giveBack(this.length * this.info.width);
    else if (this.#slot >= 0) releaseSlot(this.#slot);
    this.#shared = null;
  }

  /** True while the memory may be read and written: one compare, no call, but for circular workspaces. */
  get isUsable(): boolean {
    return this.holder.liveStamp === this.stamp || (this.holder === WINDOW && this.isInWindow());
  }

  private isInWindow(): boolean {
    const { workspace } = this;
    return workspace !== null && workspace.liveStamp === this.stamp && workspace.covers(this);
  }

  get isAttached(): boolean {
    return this.workspace !== null;
  }

  /** The workspace the memory belongs to; null if detached. */
  getParentWorkspace(): Nd4jWorkspace | null {
    return this.workspace;
  }

  /** The workspace's generation when the buffer was made; 0 if detached. */
  getGenerationId(): number {
    return this.generation;
  }

  dataType(): DataType {
    return this.info.name;
  }

  /**
   * A typed window on all elements in storage order, without a copy (HALF and BFLOAT16 show their 16 bits). It must not be kept: it
   * loses its elements when memory grows (any allocation may do that), and shows foreign ones when the buffer is freed or its workspace goes on.
   */
  window(): TypedArray {
    return runtime().memory.window(this.info, this.address, this.length);
  }

  /** All elements in storage order as numbers: a copy. */
  asDouble(): Float64Array {
    return this.#copyTo(new Float64Array(this.length));
  }

  /** All elements in storage order as 32-bit floats: a copy. */
  asFloat(): Float32Array {
    return this.#copyTo(new Float32Array(this.length));
  }

  /** All elements in storage order, without fractions and wrapped to 32 bits: a copy. */
  asInt(): Int32Array {
    return this.#copyTo(new Int32Array(this.length));
  }

  /** All elements in storage order as 64-bit integers: a copy. Fractions are dropped, NaN and infinities give 0. */
  asLong(): BigInt64Array {
    this.#requireUsable();
    return BigInt64Array.from({ length: this.length }, (_, index) => {
      const value = readElement(this, index);
      return typeof value === 'bigint' ? value : Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n;
    });
  }

  /** One element in storage order as a number. @throws {RangeError} */
  getDouble(index: number): number {
    this.#requireUsable();
    return readNumber(this, this.#checkIndex(index));
  }

  /** Writes one element in storage order. @throws {RangeError} */
  put(index: number, value: number | bigint | boolean): this {
    this.#requireUsable();
    writeElement(this, this.#checkIndex(index), value);
    return this;
  }

  #copyTo<Target extends Float64Array | Float32Array | Int32Array>(target: Target): Target {
    this.#requireUsable();
    for (let index = 0; index < target.length; index++) target[index] = readNumber(this, index);
    return target;
  }

  #requireUsable(): void {
    checkArgument('data', 'X', { buffer: this, offset: 0, geometry: vectorGeometry(this.length) });
  }

  #checkIndex(index: number): number {
    if (Number.isInteger(index) && index >= 0 && index < this.length) return index;
    throw new RangeError(
      `Cannot access element ${index} of a buffer of ${this.length}: needed is a whole number from 0 to ${this.length - 1}`,
    );
  }

  /** Frees the memory of a detached buffer at once. Idempotent. @throws {ND4JIllegalStateException} on an attached one. */
  close(): void {
    if (this.released) return;
    if (this.workspace !== null) {
      throw new ND4JIllegalStateException(
        `Can't release this data buffer\nIt belongs to workspace [${this.workspace.getId()}], which reuses its memory by itself: close the workspace instead`,
      );
    }
    this.stamp = RELEASED;
    this.#free();
  }

  /**
   * Gives the buffer room for `length` elements, from its own workspace or the heap, and keeps the elements that fit.
   * Typed windows and views of more than `length` elements must not be used afterwards.
   * @throws {ND4JIllegalStateException} when the memory is no longer its own.
   */
  reallocate(length: number): this {
    if (!this.isUsable) {
      const owner = this.workspace === null ? 'closed' : `of an earlier cycle of workspace [${this.workspace.getId()}]`;
      throw new ND4JIllegalStateException(`Cannot reallocate a buffer of ${this.length} elements: it is ${owner}`);
    }
    const self = this as { -readonly [Key in keyof DataBuffer]: DataBuffer[Key] };
    const { width } = this.info;
    const kept = Math.min(length, this.length) * width;
    if (this.workspace === null) {
      const address = allocateHeap(length * width);
      runtime().kernels.copyBytes(address, this.address, kept);
      this.#free();
      this.#own(address, length * width);
      self.address = address;
    } else {
      const address = this.workspace.allocate(length * width, false);
      runtime().kernels.copyBytes(address, this.address, kept);
      self.address = address;
      self.stamp = this.workspace.allocationStamp;
      self.generation = this.workspace.generation;
      self.position = this.workspace.lastPosition;
    }
    self.length = length;
    return this;
  }

  /** Memory for `length` elements of a type given by name, in the current workspace or on the heap; zeroed. */
  static create(type: DataType, length: number): DataBuffer {
    return DataBuffer.allocate(dataTypeInfo(type), length, true);
  }
}
