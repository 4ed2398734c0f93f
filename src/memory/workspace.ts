// Nd4jWorkspace: a scope over an arena. The numbers and rules live in assembly/memory/arena.ts; here are the names, the scopes
// around it, the references to other workspaces, and what a buffer needs to know to stay valid.
//
//   enter ─▶ generation + 1, new liveStamp, current = this ─▶ arrays ─▶ close ─▶ liveStamp = −1, current = previous, size learnt

import { type DataType, dataTypeInfo } from '../core/dataType.ts';
import type { ND4JWorkspaceException } from '../core/errors.ts';
import { warn } from '../core/platform.ts';
import type { Kernels } from '../wasm/kernels.ts';
import { runtime } from '../wasm/runtime.ts';
import { createControl, isIntact, lastPositionOf } from './arenaControl.ts';
import type { DataBuffer } from './buffer.ts';
import { WorkspaceConfiguration, type WorkspaceConfigurationOptions } from './configuration.ts';
import { raiseReport, scope } from './currentWorkspace.ts';
import { outOfMemory, retryAllocation } from './heap.ts';
import { MappedFile } from './mappedFile.ts';
import type { MemoryWorkspace, PagedPointer, WorkspaceType } from './memoryWorkspace.ts';
import { closeEntry, openEntry } from './scopeOrder.ts';
import { refusePromise, unwindScopes } from './scopeWatch.ts';
import { callSite } from './stackTraces.ts';
import { bodyLeftOpen, checkCombination, full, heldInUse, refusedBorrow, refusedEntry } from './workspaceErrors.ts';
import { WorkspaceNumbers } from './workspaceNumbers.ts';

/** Stamps of a closed workspace: what a buffer compares with, and what buffers made while it is closed get (they are never usable). */
const CLOSED = -1;
const NEVER = -2;
const STAMP_MASK = 0x3fffffff;

/** What arenaClose answers. */
const ENDED_TAG = 1;
const ENDED_BORROW = 2;
const WANTS_BLOCK = 4;

const collected = new FinalizationRegistry<number>((control) => runtime().kernels.arenaRelease(control));
let created = 0;

/** @see org.nd4j.linalg.api.memory.abstracts.Nd4jWorkspace */
export class Nd4jWorkspace extends WorkspaceNumbers implements MemoryWorkspace {
  /** @internal Equals a buffer's stamp while the buffer may be used: −1 while closed; constant for a circular workspace. */
  liveStamp = CLOSED;
  /** @internal What new buffers remember. */
  allocationStamp = NEVER;
  /** @internal Outermost entries so far. */
  generation = 0;
  /** @internal Buffers outlive the close; whether they are overwritten is asked of `covers`. */
  readonly isCircular: boolean;
  /** @internal Where the latest allocation of a circular workspace lies (see assembly/memory/arena.ts). */
  lastPosition = 0;
  /** @internal What close makes current. */
  previousWorkspace: Nd4jWorkspace | null = null;
  /** @internal What the end of a borrow makes current. */
  borrowingWorkspace: Nd4jWorkspace | null = null;
  /** @internal Where it was entered and closed last, if recorded. */
  entrySite: string | undefined;
  closeSite: string | undefined;
  /** @internal Between enter and close. */
  isOpen = false;
  /** @internal Open for a task of its own, see heldWorkspace.ts. */
  isHeld = false;
  /** @internal */
  isDebug = false;
  /** @internal setPreviousWorkspace was called in this cycle. */
  mayOverlap = false;
  readonly #kernels: Kernels;
  readonly #configuration: WorkspaceConfiguration;
  readonly #id: string;
  readonly #uniqueId: string;
  readonly #mapping: MappedFile | undefined;
  #stamps = 0;
  #isToggledOff = false;
  #abandoned: ND4JWorkspaceException | null = null;

  /** @throws {ND4JIllegalStateException | ND4JIllegalArgumentException | ND4JOutOfMemoryError} */
  constructor(configuration: WorkspaceConfiguration | WorkspaceConfigurationOptions = {}, id = 'DefaultWorkspace') {
    const checked = WorkspaceConfiguration.of(configuration);
    checkCombination(checked);
    const mapping = checked.policyLocation === 'MMAP' ? new MappedFile(checked) : undefined;
    super(createControl(checked, mapping?.size ?? checked.initialSize, id));
    this.#mapping = mapping;
    this.#kernels = runtime().kernels;
    this.#configuration = checked;
    this.#id = id;
    this.#uniqueId = `Workspace_${id}_${++created}`;
    this.isCircular = checked.policyReset === 'ENDOFBUFFER_REACHED';
    if (this.isCircular) this.liveStamp = this.allocationStamp = 0;
    collected.register(this, this.control);
    mapping?.load(this.count('base'));
  }

  /**
   * @internal Address of `bytes` bytes for a buffer; where a circular workspace put them is left in `lastPosition`.
   * @throws {ND4JIllegalStateException} when the workspace is full and may not spill. @throws {ND4JOutOfMemoryError}
   */
  allocate(bytes: number, zeroed: boolean): number {
    // No try here: engines inline calls into WebAssembly only outside of one, and this is the hottest of all.
    let address = this.#kernels.arenaBump(this.control, bytes, zeroed ? 1 : 0) >>> 0;
    if (address === 0) address = this.#allocateElsewhere(bytes, zeroed);
    if (this.isCircular) this.lastPosition = lastPositionOf(this.control);
    return address;
  }

  #allocateElsewhere(bytes: number, zeroed: boolean): number {
    const allocate = (): number => this.#kernels.arenaAllocate(this.control, bytes, zeroed ? 1 : 0) >>> 0;
    let address = 0;
    try {
      address = allocate();
    } catch {
      address = retryAllocation(bytes, allocate);
    }
    if (address === 0) throw full(this, bytes);
    if (this.#isToggledOff) this.#remind();
    return address;
  }

  /** @internal For a buffer of a circular workspace: its memory was neither handed out again nor freed since. */
  covers(buffer: DataBuffer): boolean {
    const { position } = buffer;
    if (position >= 0) return isIntact(this.control, position);
    const mark = -position - 1;
    if (mark % 2 === 0) return mark / 2 === this.count('externalEpoch');
    return (mark - 1) / 2 >= this.count('pinnedFreed');
  }

  notifyScopeEntered(): this {
    if (scope.report !== null) raiseReport();
    const { current } = scope;
    const outcome = this.#kernels.arenaEnter(this.control, current === this ? 1 : 0);
    if (outcome === 2) throw refusedEntry(this);
    if (outcome === 0) {
      this.previousWorkspace = current;
      this.begin();
      scope.current = this;
    }
    openEntry(this, current);
    return this;
  }

  notifyScopeBorrowed(): this {
    if (scope.report !== null) raiseReport();
    if (this.#kernels.arenaBorrow(this.control) === 1) {
      throw refusedBorrow(this);
    }
    this.borrowingWorkspace = scope.current;
    openEntry(this, scope.current);
    scope.current = this;
    return this;
  }

  /**
   * Ends the innermost scope: a nested entry, a scope-out, a borrow, or the cycle. At the end of a cycle its arrays become invalid.
   * @throws {ND4JWorkspaceException} when it is not open, or when a scope opened later still is (ND4J corrupts its state then).
   * @throws {ND4JOutOfMemoryError} when the learnt size cannot be allocated; the workspace is closed all the same.
   */
  close(): void {
    if (this.#abandoned !== null && this.#endAbandoned()) return;
    const restored = closeEntry(this);
    const outcome = this.#kernels.arenaClose(this.control);
    // What was opened last ends first. (ND4J ends tags before borrows whatever their order, and loses track of the current workspace.)
    if (outcome === ENDED_TAG || outcome === ENDED_BORROW) scope.current = restored;
    else {
      this.end();
      scope.current = this.previousWorkspace;
      if (outcome === WANTS_BLOCK) this.#makeBlock();
    }
    if (scope.report !== null) raiseReport();
  }

  notifyScopeLeft(): void {
    this.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  run<T>(body: (workspace: this) => T): T {
    this.notifyScopeEntered();
    return this.finish(body);
  }

  /** @internal Runs `body` in the scope opened last, and closes that and whatever `body` left open. */
  finish<T>(body: (workspace: this) => T): T {
    const mark = scope.entries.length;
    let failed = true;
    try {
      const result = body(this);
      refusePromise(result, this.#id);
      failed = false;
      return result;
    } finally {
      const left = unwindScopes(mark);
      if (scope.entries.length === mark) this.close();
      if (left.length > 0 && !failed) {
        // biome-ignore lint/correctness/noUnsafeFinally: nothing else is thrown here
        throw bodyLeftOpen(this, left);
      }
    }
  }

  /** @internal The TypeScript side of a new cycle. */
  begin(): void {
    this.generation++;
    this.isOpen = true;
    this.mayOverlap = false;
    this.#abandoned = null;
    if (!this.isCircular) this.#renewStamp();
    if (scope.stackTraces || this.isDebug) this.entrySite = callSite();
  }

  /** @internal The TypeScript side of the end of a cycle. */
  end(): void {
    this.isOpen = false;
    if (!this.isCircular) {
      this.liveStamp = CLOSED;
      this.allocationStamp = NEVER;
    }
    if (scope.stackTraces || this.isDebug) this.closeSite = callSite();
    if (this.#isToggledOff) {
      this.#isToggledOff = false;
      warn('NDARENA_WORKSPACE', `Workspace was turned off, and wasn't ever turned on back again [${this.#id}]`);
    }
  }

  /** @internal Ends all scopes at once, because synchronous code ended without doing so. */
  abandon(report: ND4JWorkspaceException): void {
    this.#kernels.arenaUnwind(this.control);
    const outcome = this.#kernels.arenaClose(this.control);
    this.end();
    this.#abandoned = report;
    if (outcome !== WANTS_BLOCK) return;
    try {
      this.#makeBlock();
    } catch {
      // Nobody is there to hear it: the workspace goes on without an arena, and a later cycle learns again.
    }
  }

  /** @internal Begins a cycle without making the workspace current. */
  beginHeld(): void {
    if (scope.report !== null) raiseReport();
    if (this.#kernels.arenaEnter(this.control, 0) === 2) throw refusedEntry(this);
    this.previousWorkspace = null;
    this.isHeld = true;
    this.begin();
  }

  /** @internal Ends the cycle of beginHeld. @throws {ND4JWorkspaceException} while a run is going on. */
  endHeld(): void {
    if (scope.entries.includes(this)) {
      throw heldInUse(this);
    }
    this.isHeld = false;
    const outcome = this.#kernels.arenaClose(this.control);
    this.end();
    if (outcome === WANTS_BLOCK) this.#makeBlock();
  }

  tagOutOfScopeUse(): this {
    this.#kernels.arenaTag(this.control);
    openEntry(this, this);
    return this;
  }

  toggleWorkspaceUse(use: boolean): void {
    this.#isToggledOff = !use;
    this.#kernels.arenaToggle(this.control, use ? 1 : 0);
  }

  enableDebug(on: boolean): void {
    this.isDebug = on;
  }

  alloc(bytes: number, type: DataType = 'FLOAT', initialize = true): PagedPointer {
    const { width } = dataTypeInfo(type);
    const lap = this.size('lap');
    const address = this.allocate(bytes, initialize);
    // ND4J counts the capacity from the rounded size after a wrap.
    const counted = this.isCircular && lap !== this.size('lap') ? Math.ceil(bytes / 32) * 32 : bytes;
    return { address, capacity: Math.floor(counted / width) };
  }

  /** @throws {ND4JOutOfMemoryError} the workspace then has size 0. */
  initializeWorkspace(): void {
    this.#changeMemory(() => this.#kernels.arenaInitialize(this.control));
  }

  /** Frees the arena; an MMAP workspace on a file writes it back first. Arrays of the workspace become invalid. */
  destroyWorkspace(extended = true): void {
    if (this.getCurrentSize() > 0) this.#mapping?.store(this.count('base'));
    this.#changeMemory(() => this.#kernels.arenaDestroy(this.control, extended ? 1 : 0));
  }

  reset(): void {
    this.#kernels.arenaReset(this.control);
  }

  isScopeActive(): boolean {
    return this.isOpen;
  }
  /** True while borrowed. */
  get isBorrowed(): boolean {
    return this.count('isBorrowed') !== 0;
  }
  getId(): string {
    return this.#id;
  }
  getUniqueId(): string {
    return this.#uniqueId;
  }
  getThreadId(): number {
    return 0;
  }
  getDeviceId(): number {
    return 0;
  }
  getWorkspaceType(): WorkspaceType {
    return this.isCircular ? 'CIRCULAR' : 'SCOPED';
  }
  getWorkspaceConfiguration(): WorkspaceConfiguration {
    return this.#configuration;
  }
  getGenerationId(): number {
    return this.generation;
  }
  getParentWorkspace(): Nd4jWorkspace | null {
    return this.previousWorkspace;
  }

  setPreviousWorkspace(workspace: MemoryWorkspace | null): void {
    this.previousWorkspace = workspace instanceof Nd4jWorkspace ? workspace : null;
    this.mayOverlap = true;
  }

  override toString(): string {
    return `Nd4jWorkspace{id='${this.#id}', currentSize=${this.getCurrentSize()}}`;
  }

  #renewStamp(): void {
    this.#stamps = (this.#stamps + 1) & STAMP_MASK;
    this.liveStamp = this.allocationStamp = this.#stamps;
  }

  /** Freed memory makes the arrays of an open linear workspace invalid at once. */
  #changeMemory(change: () => void): void {
    const releases = this.count('releases');
    try {
      change();
    } catch {
      throw this.#abandonArena();
    } finally {
      if (!this.isCircular && this.liveStamp !== CLOSED && this.count('releases') !== releases) this.#renewStamp();
    }
  }

  #makeBlock(): void {
    try {
      this.#kernels.arenaMakeBlock(this.control);
    } catch {
      throw this.#abandonArena();
    }
  }

  #abandonArena(): Error {
    const wanted = this.size('currentSize');
    this.#kernels.arenaAbandon(this.control);
    return outOfMemory(wanted, ` for the arena of workspace [${this.#id}]`);
  }

  #remind(): void {
    const count = this.count('disabledCounter');
    if (count > 0 && count % 10 === 0) {
      warn(
        'NDARENA_WORKSPACE',
        `Workspace was turned off, and wasn't enabled after ${count} allocations [${this.#id}]`,
      );
    }
  }

  /** The first close after the scope was abandoned: throws the report unless somebody has had it. */
  #endAbandoned(): boolean {
    const isPending = scope.report === this.#abandoned;
    this.#abandoned = null;
    if (isPending) raiseReport();
    return true;
  }
}
