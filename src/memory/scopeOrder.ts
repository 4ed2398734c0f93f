// Scopes close in the reverse order of opening. This is the one place that knows the order.

import { ND4JWorkspaceException } from '../core/errors.ts';
import { scope } from './currentWorkspace.ts';
import type { MemoryWorkspace } from './memoryWorkspace.ts';

/**
 * Takes the innermost entry of `workspace` off the stack of open scopes.
 * `mayOverlap`: scopes opened later may still be open (setPreviousWorkspace was called).
 * @throws {ND4JWorkspaceException} when it is not open, or when a scope opened later is still open; nothing is changed then.
 */
export function closeEntry(workspace: MemoryWorkspace, mayOverlap: boolean): void {
  const { entries } = scope;
  const top = entries.length - 1;
  if (top >= 0 && entries[top] === workspace) {
    entries.pop();
    return;
  }
  const index = entries.lastIndexOf(workspace);
  if (index < 0) {
    throw new ND4JWorkspaceException(
      `Cannot close workspace [${workspace.getId()}]: it is not open (closed twice, or never entered)\nEvery notifyScopeEntered(), getAndActivateWorkspace() or notifyScopeBorrowed() needs exactly one close(); \`using\` sees to that.`,
    );
  }
  if (mayOverlap) {
    entries.splice(index, 1);
    return;
  }
  const inner = entries[top] as MemoryWorkspace;
  throw new ND4JWorkspaceException(
    `Cannot close workspace [${workspace.getId()}]: ${name(inner)}, opened later, is still open\nClose ${name(inner)} first: scopes close in the reverse order of opening. Overlapping scopes are possible after setPreviousWorkspace().`,
  );
}

function name(workspace: MemoryWorkspace): string {
  return workspace.getId() === null ? 'a scope-out' : `workspace [${workspace.getId()}]`;
}
