// Scopes close in the reverse order of opening. This is the one place that knows the order.

import { ND4JWorkspaceException } from '../core/errors.ts';
import { scope } from './currentWorkspace.ts';
import type { MemoryWorkspace } from './memoryWorkspace.ts';
import { watchScopes } from './scopeWatch.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/** What closes: `mayOverlap` is set by setPreviousWorkspace. */
interface Entry extends MemoryWorkspace {
  readonly mayOverlap: boolean;
}

/** Puts an entry on the stack of open scopes; `restore` becomes current when it ends. */
export function openEntry(workspace: MemoryWorkspace, restore: Nd4jWorkspace | null): void {
  scope.entries.push(workspace);
  scope.restores.push(restore);
  if (!scope.isWatched) watchScopes();
}

/**
 * Takes the innermost entry of `workspace` off the stack of open scopes and returns what becomes current again.
 * Scopes opened later may still be open where setPreviousWorkspace made it or all of them independent of the order.
 * @throws {ND4JWorkspaceException} when it is not open, or when a scope opened later is still open; nothing is changed then.
 */
export function closeEntry(workspace: Entry): Nd4jWorkspace | null {
  const { entries, restores } = scope;
  const top = entries.length - 1;
  if (top >= 0 && entries[top] === workspace) {
    entries.pop();
    return restores.pop() as Nd4jWorkspace | null;
  }
  const index = entries.lastIndexOf(workspace);
  if (index < 0) {
    throw new ND4JWorkspaceException(
      `Cannot close workspace [${workspace.getId()}]: it is not open (closed twice, or never entered)\nEvery notifyScopeEntered(), getAndActivateWorkspace() or notifyScopeBorrowed() needs exactly one close(); \`using\` sees to that.`,
    );
  }
  if (workspace.mayOverlap || entries.slice(index + 1).every((each) => (each as Entry).mayOverlap)) {
    entries.splice(index, 1);
    return restores.splice(index, 1)[0] as Nd4jWorkspace | null;
  }
  const inner = entries[top] as MemoryWorkspace;
  throw new ND4JWorkspaceException(
    `Cannot close workspace [${workspace.getId()}]: ${name(inner)}, opened later, is still open\nClose ${name(inner)} first: scopes close in the reverse order of opening. Overlapping scopes are possible after setPreviousWorkspace().`,
  );
}

function name(workspace: MemoryWorkspace): string {
  return workspace.getId() === null ? 'a scope-out' : `workspace [${workspace.getId()}]`;
}
