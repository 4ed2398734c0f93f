// Heap blocks for detached buffers: allocation with a clear error, and collection of buffers whose handles died.

import { ND4JOutOfMemoryError } from '../core/errors.ts';
import { runtime } from '../wasm/runtime.ts';

/** Bytes of live heap blocks, and how many. */
export const heapUse = { bytes: 0, blocks: 0 };

/** @returns the address of a block aligned to 16 bytes. @throws {ND4JOutOfMemoryError} */
export function allocateHeap(bytes: number): number {
  let address = 0;
  try {
    address = runtime().kernels.heapAllocate(Math.max(bytes, 1)) >>> 0;
  } catch {
    throw new ND4JOutOfMemoryError(`Failed to allocate [${bytes}] bytes`, bytes, heapUse.bytes);
  }
  heapUse.bytes += bytes;
  heapUse.blocks++;
  return address;
}

export function freeHeap(address: number, bytes: number): void {
  runtime().kernels.heapFree(address);
  heapUse.bytes -= bytes;
  heapUse.blocks--;
}

interface DeadBlock {
  readonly address: number;
  readonly bytes: number;
}
const registry = new FinalizationRegistry<DeadBlock>(({ address, bytes }) => freeHeap(address, bytes));

export function registerForCollection(owner: object, address: number, bytes: number): void {
  registry.register(owner, { address, bytes }, owner);
}

export function unregisterFromCollection(owner: object): void {
  registry.unregister(owner);
}
