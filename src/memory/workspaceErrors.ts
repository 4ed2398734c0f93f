// What a workspace says when it is used against its rules.

import { ND4JIllegalStateException, ND4JWorkspaceException } from '../core/errors.ts';
import type { WorkspaceConfiguration } from './configuration.ts';
import { scope } from './currentWorkspace.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/** @throws {ND4JIllegalStateException} for settings that contradict each other. */
export function checkCombination(configuration: WorkspaceConfiguration): void {
  const { policyAllocation, policyReset, overallocationLimit } = configuration;
  if (policyReset === 'ENDOFBUFFER_REACHED' && policyAllocation === 'OVERALLOCATE' && overallocationLimit < 1) {
    throw new ND4JIllegalStateException(
      `For cyclic workspace overallocation should be positive integral value.\nFound: overallocationLimit ${overallocationLimit}; it is the number of blocks beyond the first.`,
    );
  }
}

export function full(workspace: Nd4jWorkspace, bytes: number): Error {
  const size = workspace.getCurrentSize();
  const { policySpill } = workspace.getWorkspaceConfiguration();
  return new ND4JIllegalStateException(
    `Can't allocate memory: Workspace is full\nWorkspace [${workspace.getId()}] has ${size - workspace.getCurrentOffset()} of ${size} bytes left, ${bytes} were asked for, and policySpill is ${policySpill}. Give it a larger initialSize, or let it spill (policySpill EXTERNAL or REALLOCATE).`,
  );
}

export function refusedEntry(workspace: Nd4jWorkspace): Error {
  const id = workspace.getId();
  if (workspace.isHeld) {
    return new ND4JWorkspaceException(
      `Cannot enter workspace [${id}]: it is held for an asynchronous task\nUse run(() => …) of what hold() returned.`,
    );
  }
  const { current } = scope;
  const instead = current === null ? 'scoped out' : `[${current.getId()}] is current`;
  return new ND4JWorkspaceException(
    `Cannot enter workspace [${id}]: it is open already, and ${instead}; entering would overwrite the arrays it holds\nTo allocate in it again use notifyScopeBorrowed().`,
  );
}

export function refusedBorrow(workspace: Nd4jWorkspace): Error {
  return new ND4JIllegalStateException(
    `Workspace [${workspace.getId()}]: Can't borrow from borrowed workspace\nClose the first borrow before the second.`,
  );
}

export function bodyLeftOpen(workspace: Nd4jWorkspace, left: readonly string[]): Error {
  return new ND4JWorkspaceException(
    `The function run in workspace [${workspace.getId()}] left open: ${left.join(', ')}\nThey have been closed; close every scope where it was opened, best with \`using\`.`,
  );
}

export function heldInUse(workspace: Nd4jWorkspace): Error {
  return new ND4JWorkspaceException(
    `Cannot end the cycle of held workspace [${workspace.getId()}] from within its run()\nLet run() return first.`,
  );
}
