// The state of a fresh realm: no workspace, nothing open, no debug mode. For tests that leave scopes open on purpose.

import { ND4JWorkspaceException } from '../../src/core/errors.ts';
import { WorkspaceConfiguration } from '../../src/memory/configuration.ts';
import { scope, workspaces } from '../../src/memory/currentWorkspace.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';

/** Ends all scopes, destroys all workspaces (those given too, which may be unknown to the manager) and restores the defaults. */
export function resetMemory(others: Iterable<unknown> = []): void {
  scope.entries.length = 0;
  scope.restores.length = 0;
  scope.current = null;
  scope.report = null;
  scope.stackTraces = false;
  for (const each of [...workspaces.values(), ...others]) {
    if (!(each instanceof Nd4jWorkspace)) continue;
    if (each.isOpen) each.abandon(new ND4JWorkspaceException('reset'));
    each.isHeld = false;
    each.destroyWorkspace(true);
  }
  workspaces.clear();
  workspaceManager.setDebugMode(null);
  workspaceManager.setDefaultWorkspaceConfiguration(new WorkspaceConfiguration());
  memoryManager.setCurrentWorkspace(null);
}
