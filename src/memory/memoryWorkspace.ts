// What a workspace offers to its users, whether it is a real one or the dummy that stands for "no workspace".

// The declarations name Disposable, which projects with an older `lib` lack.
/// <reference lib="esnext.disposable" preserve="true" />

import type { DataType } from '../core/dataType.ts';
import type { WorkspaceConfiguration } from './configuration.ts';

/** Kind of a workspace. @see org.nd4j.linalg.api.memory.MemoryWorkspace.Type */
export const WorkspaceType = { DUMMY: 'DUMMY', SCOPED: 'SCOPED', CIRCULAR: 'CIRCULAR' } as const;
export type WorkspaceType = keyof typeof WorkspaceType;

/** Host or device memory; both are linear memory here. @see org.nd4j.linalg.api.memory.enums.MemoryKind */
export const MemoryKind = { HOST: 'HOST', DEVICE: 'DEVICE' } as const;
export type MemoryKind = keyof typeof MemoryKind;

/** A raw piece of workspace memory: a byte address in linear memory and how many elements it holds. */
export interface PagedPointer {
  readonly address: number;
  /** Elements of the type that was asked for. */
  readonly capacity: number;
}

/**
 * Memory that is reused from cycle to cycle. Enter it, make arrays, close it: the arrays are then invalid, their memory serves the next cycle.
 *
 * ```ts
 * using ws = Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, 'LOOP');
 * ```
 *
 * A scope belongs to synchronous code: one that is held open across an `await` is closed and reported. For asynchronous loops see
 * `MemoryWorkspaceManager.hold`. Sizes are bytes. @see org.nd4j.linalg.api.memory.MemoryWorkspace
 */
export interface MemoryWorkspace extends Disposable {
  /** The id; null for a dummy. */
  getId(): string | null;
  /** `Workspace_<id>_<n>`: always the same for one object (in ND4J a new value at each call). */
  getUniqueId(): string | null;
  /** 0: the realm that made it, for a realm sees only its own workspaces; −1 for a dummy. */
  getThreadId(): number;
  getDeviceId(): number;
  getWorkspaceType(): WorkspaceType;
  getWorkspaceConfiguration(): WorkspaceConfiguration | null;
  /** Outermost entries so far. */
  getGenerationId(): number;
  /** What close will make current again. It owns nothing. */
  getParentWorkspace(): MemoryWorkspace | null;
  /**
   * Overrides what close makes current, until the cycle ends. Such scopes may overlap: it may be closed while scopes opened later are
   * open, and scopes opened before may be closed while it is.
   */
  setPreviousWorkspace(workspace: MemoryWorkspace | null): void;
  /** Bytes of the arena. */
  getCurrentSize(): number;
  getCurrentOffset(): number;
  getHostOffset(): number;
  getDeviceOffset(): number;
  getPrimaryOffset(): number;
  /** Bytes of external allocations that are not released yet. */
  getSpilledSize(): number;
  getNumberOfExternalAllocations(): number;
  /** Bytes of pinned allocations (larger than a block of a circular workspace) that are not released yet. */
  getPinnedSize(): number;
  getNumberOfPinnedAllocations(): number;
  /** Learnt size before over-allocation; the length of a block of a circular workspace. */
  getInitialBlockSize(): number;
  getStepNumber(): number;
  getCyclesCount(): number;
  getThisCycleAllocations(): number;
  getLastCycleAllocations(): number;
  getMaxCycleAllocations(): number;
  /** True between enter and close, also while scoped out. */
  isScopeActive(): boolean;
  /** Makes it the current workspace and begins a cycle; nested in itself it only counts. */
  notifyScopeEntered(): MemoryWorkspace;
  /** Makes it the current workspace without beginning a cycle; close makes the present one current again. */
  notifyScopeBorrowed(): MemoryWorkspace;
  /** Same as close. */
  notifyScopeLeft(): void;
  /** Ends the innermost scope of this workspace. */
  close(): void;
  /** Counts one more scope that close has to end. */
  tagOutOfScopeUse(): MemoryWorkspace;
  /** Off: allocations go to the heap until the cycle ends. */
  toggleWorkspaceUse(use: boolean): void;
  /** Records where arrays are made and scopes end, for messages. */
  enableDebug(on: boolean): void;
  /** Raw memory. @throws {ND4JIllegalStateException | ND4JOutOfMemoryError} */
  alloc(bytes: number, type?: DataType, initialize?: boolean): PagedPointer;
  /** Learns the size from the cycles so far. */
  initializeWorkspace(): void;
  /** Frees the arena, and if `extended` (the default) everything outside it too. */
  destroyWorkspace(extended?: boolean): void;
  /** Offset back to 0. */
  reset(): void;
  /** Enters, runs `body`, closes whatever happens. @throws {ND4JWorkspaceException} when `body` returns a promise. */
  run<T>(body: (workspace: MemoryWorkspace) => T): T;
}
