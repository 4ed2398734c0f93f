// Memory that operations borrow: a small fixed block for scalars and geometry, and one block that grows.

import { allocateHeap, freeHeap } from '../memory/heap.ts';

/** Words that describe up to three views of rank 32 and the counters over them (assembly/kernels/strided.ts). */
const GEOMETRY_OFFSET = 16;
const GEOMETRY_BYTES = 1008;
/** Three rows of 512 elements of 8 bytes. */
const ROWS_BYTES = 3 * 4096;

let fixed = 0;
let grown = 0;
let grownBytes = 0;

function fixedBlock(): number {
  if (fixed === 0) fixed = allocateHeap(GEOMETRY_OFFSET + GEOMETRY_BYTES + ROWS_BYTES);
  return fixed;
}

/** Address of 16 bytes for one scalar. */
export function scalarAddress(): number {
  return fixedBlock();
}

/** Address of the words that describe views to a strided kernel. */
export function geometryAddress(): number {
  return fixedBlock() + GEOMETRY_OFFSET;
}

/** Address of the rows through which a strided kernel converts. */
export function rowsAddress(): number {
  return fixedBlock() + GEOMETRY_OFFSET + GEOMETRY_BYTES;
}

/**
 * Address of at least `bytes` bytes, aligned to 16, contents undefined. It is the caller's until the next call of `scratch`
 * or of an elementwise operation whose operands overlap its result.
 * @throws {ND4JOutOfMemoryError}
 */
export function scratch(bytes: number): number {
  if (bytes > grownBytes || grown === 0) {
    releaseScratch();
    const size = Math.max(Math.ceil(bytes * 1.25), 4096);
    grown = allocateHeap(size);
    grownBytes = size;
  }
  return grown;
}

/** Gives the growing block back. */
export function releaseScratch(): void {
  if (grown !== 0) freeHeap(grown);
  grown = 0;
  grownBytes = 0;
}
