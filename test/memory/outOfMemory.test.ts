// A runtime with little memory: what fails, says so, and leaves everything as it was.

import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ND4JOutOfMemoryError } from '../../src/core/errors.ts';
import { yieldToHost } from '../../src/core/platform.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { heapUse } from '../../src/memory/heap.ts';
import type { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { initRuntime, runtime } from '../../src/wasm/runtime.ts';
import { sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

const MIB = 2 ** 20;
beforeAll(() => void initRuntime({ maxMemory: 64 * MIB }));
afterEach(() => resetMemory());

function failure(action: () => unknown): ND4JOutOfMemoryError {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ND4JOutOfMemoryError);
    return error as ND4JOutOfMemoryError;
  }
  throw new Error('nothing was thrown');
}

describe('out of memory', () => {
  test('a detached array that does not fit fails with what was asked, who holds what, and what to do', () => {
    const held = workspaceManager.createNewWorkspace({ initialSize: 8 * MIB, policyLearning: 'NONE' }, 'HOLDER');
    const array = zeros('FLOAT', 2 * MIB);
    const before = { used: runtime().kernels.heapUsed(), ...heapUse };
    const error = failure(() => zeros('FLOAT', 64 * MIB));
    expect(error.message.split('\n')[0]).toBe(`Failed to allocate [${256 * MIB}] bytes`);
    expect(error.message).toContain('HOLDER 10.40 MiB');
    expect(error.message).toMatch(/8\.00 MiB by \d+ arrays outside workspaces/);
    expect(error.message).toMatch(/of at most 64\.00 MiB/);
    expect(error.message).toContain('close()');
    expect(error.requestedBytes).toBe(256 * MIB);
    expect(error.usedBytes).toBe(before.used);
    expect({ used: runtime().kernels.heapUsed(), ...heapUse }).toEqual(before);
    array.close();
    held.destroyWorkspace();
    expect(sumOf(zeros('FLOAT', 100).assign(1))).toBe(100);
  });

  test.each([2 ** 32 - 1, 2 ** 32, 2 ** 40, 2 ** 53])('a request of %d bytes fails as out of memory', (bytes) => {
    expect(failure(() => DataBuffer.create('BYTE', bytes)).requestedBytes).toBe(bytes);
  });

  test('an arena that does not fit fails in the constructor and leaves nothing behind', () => {
    const before = runtime().kernels.heapUsed();
    const error = failure(() => workspaceManager.getAndActivateWorkspace({ initialSize: 100 * MIB }, 'BIG'));
    expect(error.message).toContain('for the arena of workspace [BIG]');
    expect(runtime().kernels.heapUsed()).toBe(before);
    expect(workspaceManager.checkIfWorkspaceExists('BIG')).toBe(false);
    expect(scope.current).toBeNull();
  });

  test('an allocation that spills and fails leaves the workspace as it was, and smaller ones go on', () => {
    using workspace = workspaceManager.getAndActivateWorkspace({ policyLearning: 'NONE' }, 'SPILL');
    zeros('FLOAT', 1000);
    const state = (): number[] => [
      workspace.getSpilledSize(),
      workspace.getNumberOfExternalAllocations(),
      workspace.getThisCycleAllocations(),
      workspace.getCurrentOffset(),
      runtime().kernels.heapUsed(),
    ];
    const before = state();
    failure(() => zeros('FLOAT', 64 * MIB));
    expect(state()).toEqual(before);
    expect(sumOf(zeros('FLOAT', 10).assign(2))).toBe(20);
  });

  test('a pinned allocation that fails leaves a circular workspace as it was', () => {
    const conf = { overallocationLimit: 2, policyReset: 'ENDOFBUFFER_REACHED' } as const;
    workspaceManager.getAndActivateWorkspace(conf, 'RING').run(() => zeros('FLOAT', 1000));
    workspaceManager.findWorkspace('RING')?.close();
    using workspace = workspaceManager.getAndActivateWorkspace('RING');
    const before = [workspace.getPinnedSize(), workspace.getNumberOfPinnedAllocations(), workspace.getCurrentOffset()];
    failure(() => zeros('FLOAT', 64 * MIB));
    expect([workspace.getPinnedSize(), workspace.getNumberOfPinnedAllocations(), workspace.getCurrentOffset()]).toEqual(
      before,
    );
  });

  test('a learnt size that does not fit fails at close, which closes all the same; the next cycle spills and learns again', () => {
    const conf = { policyAllocation: 'OVERALLOCATE', overallocationLimit: 20, policyLearning: 'FIRST_LOOP' } as const;
    const workspace = workspaceManager.getAndActivateWorkspace(conf, 'GREEDY') as Nd4jWorkspace;
    const array = zeros('FLOAT', MIB);
    const error = failure(() => workspace.close());
    expect(error.message).toContain('for the arena of workspace [GREEDY]');
    expect(workspace.isScopeActive()).toBe(false);
    expect(scope.current).toBeNull();
    expect(array.buffer.isUsable).toBe(false);
    expect(workspace.getCurrentSize()).toBe(0);
    expect(workspace.getNumberOfExternalAllocations()).toBe(0);
    workspace.notifyScopeEntered();
    expect(sumOf(zeros('FLOAT', 100).assign(1))).toBe(100);
    workspace.close();
    expect(workspace.getCurrentSize()).toBe(4 * MIB);
  });

  test('initializeWorkspace() that fails leaves size 0 and a usable workspace', () => {
    const conf = { overallocationLimit: 20, policyLearning: 'OVER_TIME' } as const;
    const workspace = workspaceManager.createNewWorkspace(conf, 'LATER');
    workspace.run(() => zeros('FLOAT', MIB));
    failure(() => workspace.initializeWorkspace());
    expect(workspace.getCurrentSize()).toBe(0);
    workspace.run(() => expect(sumOf(zeros('FLOAT', 10).assign(1))).toBe(10));
  });

  test('a hundred failures leave the heap as it was', () => {
    const before = runtime().kernels.heapUsed();
    for (let i = 0; i < 100; i++) failure(() => zeros('DOUBLE', 64 * MIB));
    expect(runtime().kernels.heapUsed()).toBe(before);
    const whole = zeros('FLOAT', 8 * MIB);
    expect(sumOf(whole.assign(0).putScalar(5, 3))).toBe(3);
    whole.close();
  });

  test('temporary arrays never exhaust a small memory when the loop yields', async () => {
    for (let i = 0; i < 50000; i++) {
      zeros('FLOAT', 1024);
      if (i % 100 === 0) await yieldToHost();
    }
    expect(runtime().memory.byteLength).toBeLessThanOrEqual(64 * MIB);
  });
});
