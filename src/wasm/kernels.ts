// The type of every export of assembly/index.ts, in the same groups and order.
// Addresses are unsigned 32-bit byte addresses; a kernel returns them signed, so callers apply `>>> 0`.
// Lengths count elements unless the name says bytes. Types are the codes of core/dataType.ts; compute: 0 f32, 1 f64, 2 i64.

type Address = number;

/** assembly/memory/heap.ts */
export interface HeapKernels {
  /** Address of `bytes` bytes aligned to 16, contents undefined. Traps (WebAssembly.RuntimeError) when memory cannot grow. */
  heapAllocate(bytes: number): Address;
  /** Gives a block of heapAllocate back. */
  heapFree(address: Address): void;
  /** Bytes in live blocks, rounded up as the heap does. */
  heapUsed(): number;
  /** Gives freed page runs (blocks of 1 GiB and more) to the allocator of smaller blocks; returns their bytes. */
  heapReclaim(): number;
  /** Fills bytes with one value. */
  fillBytes(out: Address, value: number, bytes: number): void;
  /** Copies bytes; ranges may overlap. */
  copyBytes(out: Address, x: Address, bytes: number): void;
}

/** assembly/memory/arena.ts: every function but the first two takes the address of a control block. */
export interface ArenaKernels {
  /** DebugMode SPILL_EVERYTHING for all workspaces: 1 on, 0 off. */
  arenaSpillEverything(on: number): void;
  /** Size of a control block. */
  arenaControlBytes(): number;
  /** Begins the life of a control block whose configuration is written, all else 0. Traps without memory. */
  arenaConstruct(arena: Address): void;
  /** Address of the bytes if they fit into the arena as it is, else 0 and nothing has changed. Never traps. */
  arenaBump(arena: Address, bytes: number, zeroed: number): Address;
  /** Address of the bytes, or 0 when the workspace is full. Traps without memory, the workspace unchanged. */
  arenaAllocate(arena: Address, bytes: number, zeroed: number): Address;
  /** 0 entered, 1 tagged (nested in itself), 2 refused: open and not current. */
  arenaEnter(arena: Address, isCurrent: number): number;
  /** One more scope to end before the cycle. */
  arenaTag(arena: Address): void;
  /** 0 borrowed, 1 refused: borrowed already. */
  arenaBorrow(arena: Address): number;
  /** What ended: 0 the cycle, 1 a tag, 2 the borrow, 3 nothing: not open; 4 the cycle, and arenaMakeBlock is due. Never traps. */
  arenaClose(arena: Address): number;
  /** Ends tags and borrow, so that the next close ends the cycle. */
  arenaUnwind(arena: Address): void;
  /** Allocates the arena whose size was learnt. Traps without memory, then arenaAbandon. */
  arenaMakeBlock(arena: Address): void;
  /** ND4J's initializeWorkspace. Traps like arenaMakeBlock. */
  arenaInitialize(arena: Address): void;
  /** ND4J's destroyWorkspace(extended). */
  arenaDestroy(arena: Address, extended: number): void;
  /** The offset back to 0. */
  arenaReset(arena: Address): void;
  /** ND4J's toggleWorkspaceUse. */
  arenaToggle(arena: Address, use: number): void;
  /** Puts the control block in order after a trap: no arena. */
  arenaAbandon(arena: Address): void;
  /** Frees all memory of the workspace, the control block included. */
  arenaRelease(arena: Address): void;
}

export interface Kernels extends HeapKernels, ArenaKernels {}
