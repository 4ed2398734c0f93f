// The type of every export of assembly/index.ts, in the same groups and order.
// Addresses are unsigned 32-bit byte addresses; a kernel returns them signed, so callers apply `>>> 0`.
// Lengths count elements unless the name says bytes. Types are the codes of core/dataType.ts; compute: 0 f32, 1 f64, 2 i64.

type Address = number;

/** assembly/memory/heap.ts */
export interface HeapKernels {
  /** Address of `bytes` bytes aligned to 16, or 0 when memory cannot grow. Contents are undefined. */
  heapAllocate(bytes: number): Address;
  /** Gives a block of heapAllocate back. */
  heapFree(address: Address): void;
  /** Fills bytes with one value. */
  fillBytes(out: Address, value: number, bytes: number): void;
  /** Copies bytes; ranges may overlap. */
  copyBytes(out: Address, x: Address, bytes: number): void;
}

export interface Kernels extends HeapKernels {}
