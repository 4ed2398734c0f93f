// The general heap: AssemblyScript's own TLSF. One block per detached buffer, arena, or piece of scratch.

/** Address of `bytes` bytes aligned to 16, contents undefined. Traps (and leaves the heap as it was) when memory cannot grow. */
export function heapAllocate(bytes: usize): usize {
  return heap.alloc(bytes);
}

export function heapFree(address: usize): void {
  heap.free(address);
}

export function fillBytes(out: usize, value: i32, bytes: usize): void {
  memory.fill(out, <u8>value, bytes);
}

/** Ranges may overlap. */
export function copyBytes(out: usize, x: usize, bytes: usize): void {
  memory.copy(out, x, bytes);
}
