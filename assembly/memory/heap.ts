// The general heap: AssemblyScript's own TLSF. One block per detached buffer, arena, spilled array, or piece of scratch.
// TLSF refuses blocks of 1 GiB and more; those are the exception: whole pages straight from memory.grow, kept in a list when freed.
//
//   word before the payload       TLSF: payload size | 2 tag bits (< 2³⁰)        pages: 2³¹ | number of pages
//   free run of pages             [ next run, by rising address | pages | … ]

/** Payloads from here on are runs of pages. */
const LARGE: u64 = 0x3fffffe0;
const PAGES: u32 = 0x80000000;
/** Bytes between the start of a run and its payload. */
const RUN_HEADER: usize = 16;
const ADDRESS_SPACE: u64 = 0x100000000;

@unmanaged
class FreeRun {
  next: FreeRun | null;
  pages: u32;
}

let freeRuns: FreeRun | null = null;
let used: f64 = 0;
/** The latest block came straight from memory.grow and is therefore all zeros. */
export let isFresh: bool = false;

/** Address of `bytes` bytes aligned to 16, contents undefined. Traps (and leaves the heap as it was) when memory cannot grow. */
export function heapAllocate(bytes: f64): usize {
  if (bytes > 4294901760) unreachable();
  isFresh = false;
  const address = <u64>bytes < LARGE ? heap.alloc(<usize>bytes) : allocatePages(<u64>bytes);
  used += payloadBytes(address);
  return address;
}

/** Gives a block of heapAllocate back. */
export function heapFree(address: usize): void {
  used -= payloadBytes(address);
  const head = load<u32>(address - 4);
  if (head & PAGES) freePages(address - RUN_HEADER, head & ~PAGES);
  else heap.free(address);
}

/** Bytes in live blocks, rounded up as the heap does. */
export function heapUsed(): f64 {
  return used;
}

/**
 * Gives free runs of pages to TLSF, for the day when memory cannot grow and small blocks are wanted.
 * Returns the number of bytes given.
 */
export function heapReclaim(): f64 {
  let given: f64 = 0;
  let run = freeRuns;
  freeRuns = null;
  while (run) {
    const next = run.next;
    let start = changetype<usize>(run);
    let rest = (<u64>run.pages) << 16;
    given += <f64>rest;
    while (rest) {
      const piece = <usize>min<u64>(rest, 0x20000000);
      // A used block up to a used tail of length 0: what TLSF makes of any region; freeing it puts it on its lists.
      store<u32>(start + 12, <u32>(piece - 20));
      store<u32>(start + piece - 4, 0);
      heap.free(start + 16);
      start += piece;
      rest -= piece;
    }
    run = next;
  }
  return given;
}

function payloadBytes(address: usize): f64 {
  const head = load<u32>(address - 4);
  return head & PAGES ? <f64>((<u64>(head & ~PAGES)) << 16) : <f64>(head & ~3);
}

function allocatePages(bytes: u64): usize {
  const pages = <u32>((bytes + RUN_HEADER + 0xffff) >> 16);
  let before: FreeRun | null = null;
  let run = freeRuns;
  while (run && run.pages < pages) {
    before = run;
    run = run.next;
  }
  let start: usize;
  if (run) {
    start = changetype<usize>(run);
    let rest = run.next;
    if (run.pages > pages) {
      const tail = changetype<FreeRun>(start + ((<usize>pages) << 16));
      tail.pages = run.pages - pages;
      tail.next = rest;
      rest = tail;
    }
    if (before) before.next = rest;
    else freeRuns = rest;
  } else {
    const grown = memory.grow(<i32>pages);
    if (grown < 0) unreachable();
    start = (<usize>grown) << 16;
    isFresh = true;
  }
  store<u32>(start + RUN_HEADER - 4, PAGES | pages);
  return start + RUN_HEADER;
}

/** Inserts a run by address and joins it with its neighbours. */
function freePages(start: usize, pages: u32): void {
  let before: FreeRun | null = null;
  let after = freeRuns;
  while (after && changetype<usize>(after) < start) {
    before = after;
    after = after.next;
  }
  let run = changetype<FreeRun>(start);
  run.pages = pages;
  run.next = after;
  if (after && start + ((<usize>pages) << 16) == changetype<usize>(after)) {
    run.pages += after.pages;
    run.next = after.next;
  }
  if (before && changetype<usize>(before) + ((<usize>before.pages) << 16) == start) {
    before.pages += run.pages;
    before.next = run.next;
  } else if (before) before.next = run;
  else freeRuns = run;
}

export function fillBytes(out: usize, value: i32, bytes: usize): void {
  memory.fill(out, <u8>value, bytes);
}

/** Ranges may overlap. */
export function copyBytes(out: usize, x: usize, bytes: usize): void {
  memory.copy(out, x, bytes);
}
