// Which scopes are open in this realm (the main thread or one worker): a leaf module, so that buffers, workspaces and managers share it.

import type { ND4JWorkspaceException } from '../core/errors.ts';
import type { MemoryWorkspace } from './memoryWorkspace.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/** The scopes of the realm. Only workspaces and managers change it. */
export const scope: {
  /** Where new arrays go; null means the heap (detached arrays). */
  current: Nd4jWorkspace | null;
  /** What was entered, borrowed, nested or scoped out and not closed yet, innermost last. */
  readonly entries: MemoryWorkspace[];
  /** What the end of each entry makes current again. */
  readonly restores: (Nd4jWorkspace | null)[];
  /** A scope was held open across an await; thrown by whoever allocates, enters or closes next. */
  report: ND4JWorkspaceException | null;
  /** A microtask that looks at `entries` when the synchronous code has ended is on its way. */
  isWatched: boolean;
  /** Record where arrays are made and scopes end. */
  stackTraces: boolean;
} = { current: null, entries: [], restores: [], report: null, isWatched: false, stackTraces: false };

/** Workspaces of this realm by id: the manager's map. */
export const workspaces = new Map<string, MemoryWorkspace>();

/** Ids of the open workspaces in alphabetical order, as the messages print them: `[A, B]`. */
export function openWorkspaceIds(): string {
  const open = [...workspaces.values()].filter((each) => each.isScopeActive());
  return `[${open
    .map((each) => String(each.getId()))
    .sort()
    .join(', ')}]`;
}

/** Throws the pending report about a scope held across an await, once. */
export function raiseReport(): void {
  const { report } = scope;
  scope.report = null;
  if (report !== null) throw report;
}
