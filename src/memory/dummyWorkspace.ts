// The dummy workspace: entered, it makes new arrays detached until it is closed.

import { type ND4JWorkspaceException, UnsupportedOperationException } from '../core/errors.ts';
import { raiseReport, scope } from './currentWorkspace.ts';
import type { MemoryWorkspace, PagedPointer } from './memoryWorkspace.ts';
import { closeEntry, openEntry } from './scopeOrder.ts';
import { refusePromise, unwindScopes } from './scopeWatch.ts';
import { callSite } from './stackTraces.ts';

/**
 * Stands for "no workspace": scoping out, and every workspace in debug mode BYPASS_EVERYTHING.
 * Closing one that is not entered does nothing (in ND4J it makes no workspace current).
 * @see org.nd4j.linalg.api.memory.abstracts.DummyWorkspace
 */
export class DummyWorkspace implements MemoryWorkspace {
  /** @internal Where it was entered, if recorded. */
  entrySite: string | undefined;
  /** @internal */
  readonly mayOverlap = false;
  #depth = 0;

  getId(): null {
    return null;
  }
  getUniqueId(): null {
    return null;
  }
  getThreadId(): number {
    return -1;
  }
  getDeviceId(): number {
    return 0;
  }
  getWorkspaceType(): 'DUMMY' {
    return 'DUMMY';
  }
  getWorkspaceConfiguration(): null {
    return null;
  }
  getGenerationId(): number {
    return 0;
  }
  getParentWorkspace(): null {
    return null;
  }
  setPreviousWorkspace(): void {}
  getCurrentSize(): number {
    return 0;
  }
  getCurrentOffset(): number {
    return 0;
  }
  getHostOffset(): number {
    return 0;
  }
  getDeviceOffset(): number {
    return 0;
  }
  getPrimaryOffset(): number {
    return 0;
  }
  getSpilledSize(): number {
    return 0;
  }
  getNumberOfExternalAllocations(): number {
    return 0;
  }
  getPinnedSize(): number {
    return 0;
  }
  getNumberOfPinnedAllocations(): number {
    return 0;
  }
  getInitialBlockSize(): number {
    return 0;
  }
  getStepNumber(): number {
    return 0;
  }
  getCyclesCount(): number {
    return 0;
  }
  getThisCycleAllocations(): number {
    return 0;
  }
  getLastCycleAllocations(): number {
    return 0;
  }
  getMaxCycleAllocations(): number {
    return 0;
  }
  isScopeActive(): boolean {
    return false;
  }

  notifyScopeEntered(): this {
    raiseReport();
    this.#depth++;
    openEntry(this, scope.current);
    scope.current = null;
    if (scope.stackTraces) this.entrySite = callSite();
    return this;
  }

  /** Same as entering it. In ND4J this returns null. */
  notifyScopeBorrowed(): this {
    return this.notifyScopeEntered();
  }

  notifyScopeLeft(): void {
    this.close();
  }

  close(): void {
    if (this.#depth > 0) {
      scope.current = closeEntry(this);
      this.#depth--;
    }
    if (scope.report !== null) raiseReport();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** @internal */
  abandon(_report: ND4JWorkspaceException): void {
    this.#depth = 0;
  }

  tagOutOfScopeUse(): this {
    return this;
  }
  toggleWorkspaceUse(): void {}
  enableDebug(): void {}

  /** @throws {UnsupportedOperationException} always. */
  alloc(): PagedPointer {
    throw new UnsupportedOperationException("DummyWorkspace shouldn't be used for allocation");
  }

  initializeWorkspace(): void {}
  destroyWorkspace(): void {}
  reset(): void {}

  run<T>(body: (workspace: this) => T): T {
    this.notifyScopeEntered();
    const mark = scope.entries.length;
    try {
      const result = body(this);
      refusePromise(result, null);
      return result;
    } finally {
      unwindScopes(mark);
      this.close();
    }
  }
}
