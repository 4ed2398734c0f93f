// Names that the conformance rows of workspaces share: configurations of ND4J's own tests, and short ways to enter and make arrays.

import { scope } from '../../src/memory/currentWorkspace.ts';
import type { MemoryWorkspace } from '../../src/memory/memoryWorkspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { zeros } from './memoryArrays.ts';

export const MB = 10485760;
export const basic = {
  initialSize: MB,
  maxSize: MB,
  overallocationLimit: 0.1,
  policyAllocation: 'STRICT',
  policyLearning: 'FIRST_LOOP',
} as const;
export const loopOver = {
  maxSize: MB,
  overallocationLimit: 0.1,
  policyAllocation: 'STRICT',
  policyLearning: 'OVER_TIME',
} as const;
export const loopFirst = { ...loopOver, policyLearning: 'FIRST_LOOP' } as const;

/** Gets or makes the workspace, and enters it. */
export function enter(conf: object, id: string): MemoryWorkspace {
  return workspaceManager.getAndActivateWorkspace(conf, id);
}

/** A zeroed DOUBLE array. */
export function doubles(...shape: number[]): NDArray {
  return zeros('DOUBLE', ...shape);
}

/** The id of the current workspace. */
export function current(): string | null {
  return scope.current?.getId() ?? null;
}
