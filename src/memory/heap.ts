// Heap blocks: allocation that tries everything before it fails, and fails with an account of who holds the memory.

import { ND4JOutOfMemoryError } from '../core/errors.ts';
import { runtime } from '../wasm/runtime.ts';
import { workspaces } from './currentWorkspace.ts';

/** Bytes that arrays outside workspaces hold, and how many such blocks there are. */
export const heapUse = { bytes: 0, blocks: 0 };

/** Address of a block aligned to 16 bytes, contents undefined. @throws {ND4JOutOfMemoryError} leaving everything as it was. */
export function allocateHeap(bytes: number): number {
  try {
    return runtime().kernels.heapAllocate(bytes) >>> 0;
  } catch {
    return retryAllocation(bytes, () => runtime().kernels.heapAllocate(bytes));
  }
}

/** Gives a block of allocateHeap back. */
export function freeHeap(address: number): void {
  runtime().kernels.heapFree(address);
}

/**
 * After a trap in `allocate`: reclaims what the heap keeps for large blocks, and tries once more.
 * @throws {ND4JOutOfMemoryError}
 */
export function retryAllocation(bytes: number, allocate: () => number): number {
  if (runtime().kernels.heapReclaim() > 0) {
    try {
      return allocate() >>> 0;
    } catch {
      // reported below
    }
  }
  throw outOfMemory(bytes);
}

/** The error for a request that memory cannot serve: who holds what, and what to do. */
export function outOfMemory(bytes: number, request = ''): ND4JOutOfMemoryError {
  const { kernels, memory, maxMemoryBytes } = runtime();
  const held = [...workspaces.values()]
    .map((each) => ({ id: each.getId(), bytes: each.getCurrentSize() + each.getSpilledSize() + each.getPinnedSize() }))
    .filter((each) => each.bytes > 0)
    .sort((left, right) => right.bytes - left.bytes)
    .map((each) => `${each.id} ${formatBytes(each.bytes)}`);
  const used = kernels.heapUsed();
  return new ND4JOutOfMemoryError(
    [
      `Failed to allocate [${bytes}] bytes${request}`,
      `In use: ${formatBytes(used)} in all; ${formatBytes(heapUse.bytes)} by ${heapUse.blocks} arrays outside workspaces; workspaces: ${held.length > 0 ? held.join(', ') : 'none'}. Linear memory has ${formatBytes(memory.byteLength)} of at most ${formatBytes(maxMemoryBytes)}.`,
      'Close arrays that are no longer needed (array.close() or `using`), destroy unused workspaces (Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread()), or work in smaller batches.',
    ].join('\n'),
    bytes,
    used,
  );
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** Bytes for people, as ND4J prints them: `10.00 MiB`, and `.00 B` for 0. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value.toFixed(2).replace(/^0\./, '.')} ${UNITS[unit]}`;
}
