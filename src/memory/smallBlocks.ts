// Small detached buffers share blocks, so that a temporary of a few elements costs neither a heap block nor a registration of its own.
// A block is freed when all its buffers are closed, or when the last handle on any of them has been collected: at most BLOCK bytes wait for one.

import { countUse, registerForCollection, releaseSlot } from './collection.ts';
import { allocateHeap } from './heap.ts';

/** Buffers up to so many bytes share. */
export const SMALL = 128;
const BLOCK = 1024;

/** A heap block that several buffers share. Every buffer holds it; nothing else does but `open`. */
export class SharedBlock {
  /** Address of the piece handed out last. */
  latest = 0;
  #offset = 0;
  #live = 0;
  readonly #address: number;
  readonly #slot: number;

  constructor() {
    this.#address = allocateHeap(BLOCK);
    this.#slot = registerForCollection(this, this.#address);
  }

  /** Hands out a piece whose address is then in `latest`; false when there is no room. */
  take(bytes: number): boolean {
    const end = this.#offset + ((bytes + 15) & ~15);
    if (end > BLOCK) return false;
    this.latest = this.#address + this.#offset;
    this.#offset = end;
    this.#live++;
    countUse(this.#slot, bytes, 1);
    return true;
  }

  /** Takes a piece back. */
  giveBack(bytes: number): void {
    countUse(this.#slot, -bytes, -1);
    this.#live--;
    this.freeIfUnused();
  }

  /** Frees the block when no buffer is left and none will come. */
  freeIfUnused(): void {
    if (this.#live === 0 && open !== this) releaseSlot(this.#slot);
  }
}

let open: SharedBlock | undefined;

/** The shared block with `bytes` bytes for a new buffer, at its `latest`. @throws {ND4JOutOfMemoryError} */
export function takeSmall(bytes: number): SharedBlock {
  if (open?.take(bytes)) return open;
  const full = open;
  open = new SharedBlock();
  full?.freeIfUnused();
  open.take(bytes);
  return open;
}
