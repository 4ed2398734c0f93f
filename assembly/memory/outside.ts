// Memory of a workspace outside its arena: external blocks (spilled, in a list) and pinned ones (too large for a circular block, in a queue).

import { Arena, ExternalBlock, SPILL_FAIL } from './arenaLayout';
import { heapAllocate, heapFree } from './heap';

const HEADER: usize = 16;

function makeOutside(arena: Arena, size: f64, zeroed: i32): ExternalBlock {
  const block = changetype<ExternalBlock>(heapAllocate(size + <f64>HEADER));
  block.next = null;
  block.bytes = <u32>size;
  block.step = arena.stepsCount;
  arena.outsideBytes += size;
  if (zeroed) memory.fill(changetype<usize>(block) + HEADER, 0, <usize>size);
  return block;
}

export function makeExternal(arena: Arena, size: f64, zeroed: i32): usize {
  const block = makeOutside(arena, size, zeroed);
  block.next = arena.externals;
  arena.externals = block;
  arena.externalListLength++;
  arena.lastPosition = -(<f64>arena.externalEpoch * 2 + 1);
  return changetype<usize>(block) + HEADER;
}

export function makePinned(arena: Arena, size: f64, zeroed: i32): usize {
  if (arena.spill == SPILL_FAIL) {
    arena.pinnedSize += size;
    return 0;
  }
  const block = makeOutside(arena, size, zeroed);
  const last = arena.lastPinned;
  if (last) last.next = block;
  else arena.firstPinned = block;
  arena.lastPinned = block;
  arena.lastPosition = -(<f64>arena.pinnedMade * 2 + 2);
  arena.pinnedMade++;
  arena.pinnedCount++;
  arena.pinnedSize += size;
  arena.cycleAllocations += size;
  return changetype<usize>(block) + HEADER;
}

function freeOutside(arena: Arena, block: ExternalBlock): void {
  arena.outsideBytes -= <f64>block.bytes;
  arena.releases++;
  heapFree(changetype<usize>(block));
}

export function clearExternals(arena: Arena): void {
  let block = arena.externals;
  while (block) {
    const next = block.next;
    freeOutside(arena, block);
    block = next;
  }
  arena.externals = null;
  arena.externalCount = 0;
  arena.externalListLength = 0;
  arena.spilledSize = 0;
  arena.externalEpoch++;
}

/**
 * Blocks made while toggled off are not counted, so ND4J keeps them until something else clears the list. Here their memory goes
 * when the counted kind would; the reported numbers stay ND4J's.
 */
export function freeUncounted(arena: Arena): void {
  if (arena.externalCount > 0 || !arena.externals || (arena.isCircular && !arena.resetPlanned)) return;
  const length = arena.externalListLength;
  const spilled = arena.spilledSize;
  clearExternals(arena);
  arena.externalListLength = length;
  arena.spilledSize = spilled;
}

/** A circular workspace keeps its externals until the buffer has wrapped. */
export function clearExternalsWhenDue(arena: Arena): void {
  freeUncounted(arena);
  if (arena.externalCount > 0 && (!arena.isCircular || arena.resetPlanned)) {
    clearExternals(arena);
    arena.resetPlanned = 0;
  }
}

export function clearPinned(arena: Arena, all: bool): void {
  let block = arena.firstPinned;
  while (block && (all || block.step + 2 < arena.stepsCount)) {
    const next = block.next;
    arena.pinnedCount--;
    arena.pinnedFreed++;
    arena.pinnedSize -= <f64>block.bytes;
    freeOutside(arena, block);
    block = next;
  }
  arena.firstPinned = block;
  if (!block) arena.lastPinned = null;
}
