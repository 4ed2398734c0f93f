// Assertions about scopes, with ND4J's messages.

import { ND4JWorkspaceException } from '../core/errors.ts';
import { openWorkspaceIds, scope, workspaces } from './currentWorkspace.ts';
import { assertValidArray } from './validity.ts';
import type { ArrayView } from './view.ts';

/** Assertions on workspaces. @see org.nd4j.linalg.workspace.WorkspaceUtils */
export const WorkspaceUtils = {
  /**
   * No workspace is open; with `allowScopedOut` open ones pass while none is current.
   * @throws {ND4JWorkspaceException}
   */
  assertNoWorkspacesOpen(message: string, allowScopedOut = false): void {
    const open = [...workspaces.values()].some((each) => each.isScopeActive());
    if (!open || (allowScopedOut && scope.current === null)) return;
    throw new ND4JWorkspaceException(`${message} - Open/active workspaces: ${openWorkspaceIds()}`);
  },

  /** @throws {ND4JWorkspaceException} with exactly `message`. */
  assertOpenAndActive(id: string, message: string): void {
    if (!workspaces.get(id)?.isScopeActive()) throw new ND4JWorkspaceException(message);
  },

  /** @throws {ND4JWorkspaceException} whose text lacks its last parenthesis, as ND4J's does. */
  assertOpenActiveAndCurrent(id: string, message: string): void {
    if (!workspaces.get(id)?.isScopeActive()) {
      throw new ND4JWorkspaceException(`${message} - workspace is not open and active`);
    }
    const current = scope.current?.getId() ?? null;
    if (current !== id) {
      throw new ND4JWorkspaceException(`${message} - not the current workspace (current workspace: ${current}`);
    }
  },

  /** The array may be used: null, detached, or of an open generation. @throws {ND4JWorkspaceException} */
  assertValidArray(array: ArrayView | null, message?: string | null): void {
    assertValidArray(array, message);
  },
} as const;
