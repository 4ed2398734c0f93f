// A workspace for an asynchronous task: open from hold to close, current only while `run` runs one synchronous stretch.

import { ND4JWorkspaceException } from '../core/errors.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/**
 * Owns one cycle of a workspace across awaits. Arrays made in `run` stay valid until `next()` or `close()`.
 *
 * ```ts
 * using held = Nd4j.getWorkspaceManager().hold(configuration, 'STREAM');
 * for await (const samples of microphone) {
 *   const level = held.run(() => Nd4j.create(samples).norm2Number());
 *   await show(level);
 *   held.next();
 * }
 * ```
 */
export class HeldWorkspace implements Disposable {
  /** @internal Use MemoryWorkspaceManager.hold. */
  constructor(
    /** The workspace; entering it by itself is refused while it is held. */
    readonly workspace: Nd4jWorkspace,
  ) {
    workspace.beginHeld();
  }

  /**
   * Makes the workspace current for one synchronous function. Scopes that `body` leaves open are closed and reported.
   * @throws {ND4JWorkspaceException} when `body` returns a promise, or after close().
   */
  run<T>(body: (workspace: Nd4jWorkspace) => T): T {
    this.#check('run');
    this.workspace.notifyScopeBorrowed();
    return this.workspace.finish(body);
  }

  /** Ends the cycle and begins the next: arrays made so far become invalid, their memory is reused, the size is learnt. */
  next(): void {
    this.#check('begin the next cycle of');
    this.workspace.endHeld();
    this.workspace.beginHeld();
  }

  /** Ends the cycle. Idempotent. */
  close(): void {
    if (this.workspace.isHeld) this.workspace.endHeld();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #check(action: string): void {
    if (!this.workspace.isHeld) {
      throw new ND4JWorkspaceException(
        `Cannot ${action} workspace [${this.workspace.getId()}]: it is no longer held\nHold it again: Nd4j.getWorkspaceManager().hold(configuration, id).`,
      );
    }
  }
}
