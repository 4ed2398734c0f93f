// DataBuffer: the memory of one or more arrays, owned by the heap (detached) or by a workspace (attached).

import { type DataType, type DataTypeInfo, dataTypeInfo, type TypedArray } from '../core/dataType.ts';
import { ND4JIllegalStateException } from '../core/errors.ts';
import { runtime } from '../wasm/runtime.ts';
import { registerForCollection, releaseSlot } from './collection.ts';
import { raiseReport, scope } from './currentWorkspace.ts';
import { allocateHeap } from './heap.ts';
import { recordCreation } from './stackTraces.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/** Address of buffers without elements: aligned, never read. */
const EMPTY = 16;

/**
 * A run of elements of one type in linear memory.
 *
 * - Detached (`workspace === null`): a heap block of its own, freed by `close()` or when every handle has been collected.
 * - Attached: memory of a workspace, usable while `workspace.liveStamp === stamp` (see workspace.ts); nothing has to be freed.
 */
export class DataBuffer {
  released = false;
  /** Where the collector keeps the block of a detached buffer. */
  #slot = -1;

  private constructor(
    readonly info: DataTypeInfo,
    /** Elements. */
    readonly length: number,
    /** Byte address of element 0, aligned to 16 bytes. */
    readonly address: number,
    readonly workspace: Nd4jWorkspace | null,
    /** The workspace's stamp when this buffer was made; −1 if detached. */
    readonly stamp: number,
    /** The workspace's generation when this buffer was made; 0 if detached. */
    readonly generation: number,
    /** Where a circular workspace put the memory: what its `covers` compares. */
    readonly position: number,
  ) {}

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
    const address = allocateHeap(bytes);
    if (zeroed) runtime().kernels.fillBytes(address, 0, bytes);
    const buffer = new DataBuffer(info, length, address, null, -1, 0, 0);
    buffer.#slot = registerForCollection(buffer, address, bytes);
    return buffer;
  }

  /** True while the memory may be read and written: two compares, no call. */
  get isUsable(): boolean {
    const workspace = this.workspace;
    if (workspace === null) return !this.released;
    return workspace.liveStamp === this.stamp && (!workspace.isCircular || workspace.covers(this));
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

  /** A typed window on all elements; it lives until memory grows or the buffer is freed. */
  window(): TypedArray {
    return runtime().memory.window(this.info, this.address, this.length);
  }

  /** Frees the memory of a detached buffer at once. Idempotent. @throws {ND4JIllegalStateException} on an attached one. */
  close(): void {
    if (this.released) return;
    if (this.workspace !== null) {
      throw new ND4JIllegalStateException(
        `Can't release this data buffer\nIt belongs to workspace [${this.workspace.getId()}], which reuses its memory by itself: close the workspace instead`,
      );
    }
    this.released = true;
    if (this.#slot >= 0) releaseSlot(this.#slot);
  }

  /** Memory for `length` elements of a type given by name, in the current workspace or on the heap; zeroed. */
  static create(type: DataType, length: number): DataBuffer {
    return DataBuffer.allocate(dataTypeInfo(type), length, true);
  }
}
