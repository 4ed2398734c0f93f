// Runs what must not be done, and checks that it says so and leaves nothing behind.

import { expect } from 'vitest';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import type { MemoryWorkspace } from '../../src/memory/memoryWorkspace.ts';
import { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { counting, sumOf } from './memoryArrays.ts';

export const conf = { initialSize: 4096, policyAllocation: 'STRICT', policyLearning: 'NONE' } as const;

/** A new workspace of 4096 bytes, or as told. */
export function make(id: string, options: object = conf): MemoryWorkspace {
  return workspaceManager.createNewWorkspace(options, id);
}

/** A workspace of 4096 bytes, entered. */
export function enter(id: string): MemoryWorkspace {
  return workspaceManager.getAndActivateWorkspace(conf, id);
}

/** An array that left its workspace. */
export function returned(id: string): NDArray {
  return make(id).run(() => counting(4));
}

/** Name, class of the error, its message, and the misuse. */
export type Misuse = [string, new (...args: never[]) => Error, RegExp, () => unknown];

/** The misuse throws; then every scope closes, every workspace works, and the memory is what it was. */
export function expectMisuse([, kind, message, action]: Misuse): void {
  const used = runtime().kernels.heapUsed();
  let error: unknown;
  try {
    action();
  } catch (caught) {
    error = caught;
  }
  expect(error).toBeInstanceOf(kind);
  expect((error as Error).message).toMatch(message);
  for (const each of [...scope.entries].reverse()) each.close();
  expect(scope.entries).toEqual([]);
  for (const each of workspaceManager.getAllWorkspacesForCurrentThread()) {
    if (each instanceof Nd4jWorkspace && each.isHeld) each.endHeld();
    expect([each.getId(), each.isScopeActive()]).toEqual([each.getId(), false]);
    const mayFail = each.getWorkspaceConfiguration()?.policySpill === 'FAIL';
    each.run(() => (mayFail ? undefined : expect(sumOf(counting(4))).toBe(10)));
    each.destroyWorkspace();
  }
  memoryManager.setCurrentWorkspace(null);
  // Control blocks, and small detached arrays, wait for the host's next turn.
  expect(runtime().kernels.heapUsed() - used).toBeLessThan(8192);
}
