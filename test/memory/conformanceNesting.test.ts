// The rows WP-14 to WP-27 of ND4J's WorkspaceProviderTests, with the numbers of 1.0.0-M2.1.

import { afterEach, expect, test } from 'vitest';
import { yieldToHost } from '../../src/core/platform.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import type { MemoryWorkspace } from '../../src/memory/memoryWorkspace.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { current, doubles, enter, MB } from '../support/conformance.ts';
import { counting, sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

const pBasic = { initialSize: 81920, overallocationLimit: 0.1, policyLearning: 'NONE' } as const;
const loop = { overallocationLimit: 0.1, policyLearning: 'OVER_TIME', policyAllocation: 'STRICT' } as const;
const delayed = { ...loop, cyclesBeforeInitialization: 3 } as const;
const _realloc = { ...loop, policySpill: 'REALLOCATE' } as const;
const first = { ...loop, policyLearning: 'FIRST_LOOP' } as const;
const _circ = {
  minSize: MB,
  overallocationLimit: 1,
  policyLearning: 'FIRST_LOOP',
  policyAllocation: 'STRICT',
  policyReset: 'ENDOFBUFFER_REACHED',
} as const;
const _adsi = {
  overallocationLimit: 3,
  policySpill: 'REALLOCATE',
  policyLearning: 'FIRST_LOOP',
  policyReset: 'ENDOFBUFFER_REACHED',
} as const;
const named = (id: string): MemoryWorkspace => manager.getAndActivateWorkspace(id);
const offsets = (...ids: string[]): number[] => ids.map((id) => manager.findWorkspace(id)?.getCurrentOffset() ?? -1);
const owner = (array: NDArray): string | null => array.data().getParentWorkspace()?.getId() ?? null;

test('WP-14 a nested workspace takes what is made in it', () => {
  manager.setDefaultWorkspaceConfiguration(pBasic);
  {
    using _ws1 = named('WS1');
    doubles(100);
    using _ws2 = named('WS2');
    expect(offsets('WS1', 'WS2')).toEqual([800, 0]);
    doubles(100);
    expect(offsets('WS1', 'WS2')).toEqual([800, 800]);
  }
  expect(current()).toBeNull();
});

test('WP-15 a nested workspace of many cycles leaves the outer one alone', () => {
  using ws1 = enter(pBasic, 'WS1');
  doubles(100);
  const ws2 = manager.createNewWorkspace(loop, 'WS2');
  for (let x = 1; x <= 100; x++) {
    ws2.run(() => doubles(x));
    expect([ws1.getCurrentOffset(), ws2.getLastCycleAllocations()]).toEqual([800, Math.ceil((8 * x) / 32) * 32]);
  }
  ws2.initializeWorkspace();
  expect([ws1.getCurrentOffset(), ws2.getCurrentSize()]).toEqual([800, 800]);
});

test('WP-16 siblings nest one after the other', () => {
  manager.setDefaultWorkspaceConfiguration(pBasic);
  {
    using _ws1 = named('WS1');
    doubles(100);
    for (const id of ['WS2', 'WS3']) {
      using _inner = named(id);
      expect(offsets(id)).toEqual([0]);
      doubles(100);
      expect(offsets(id, 'WS1')).toEqual([800, 800]);
    }
    doubles(100);
    expect(offsets('WS1')).toEqual([1600]);
  }
  expect(current()).toBeNull();
});

test('WP-17 three levels return to each other', () => {
  manager.setDefaultWorkspaceConfiguration(pBasic);
  {
    using _ws1 = named('WS1');
    doubles(100);
    {
      using _ws2 = named('WS2');
      doubles(100);
      {
        using _ws3 = named('WS3');
        doubles(100);
        expect(offsets('WS1', 'WS2', 'WS3')).toEqual([800, 800, 800]);
      }
      doubles(100);
      expect(offsets('WS2')).toEqual([1600]);
    }
    doubles(100);
    expect(offsets('WS1')).toEqual([1600]);
  }
  expect([...offsets('WS1', 'WS2', 'WS3'), current()]).toEqual([0, 0, 0, null]);
});

test('WP-18 a workspace nested in itself goes on', () => {
  using ws = enter(pBasic, 'WS1');
  doubles(100);
  {
    using _again = enter(pBasic, 'WS1');
    doubles(100);
  }
  expect(ws.getCurrentOffset()).toBe(1600);
  doubles(100);
  expect(ws.getCurrentOffset()).toBe(2400);
});

test('WP-19 borrow and scope-out inside a nested workspace', () => {
  using external = enter(first, 'External');
  doubles(10);
  using _ff = enter(first, 'FeedForward');
  doubles(10);
  {
    using _borrowed = external.notifyScopeBorrowed();
    const array = doubles(10);
    expect([array.isAttached(), owner(array)]).toEqual([true, 'External']);
  }
  using _out = memoryManager.scopeOutOfWorkspaces();
  expect([doubles(10).isAttached(), external.getCurrentSize()]).toEqual([false, 0]);
});

test('WP-20 scope-out inside a borrow', () => {
  using external = enter(pBasic, 'External');
  doubles(10);
  using _ff = enter(pBasic, 'FeedForward');
  doubles(10);
  using _borrowed = external.notifyScopeBorrowed();
  const owners = [owner(doubles(10))];
  {
    using _out = manager.scopeOutOfWorkspaces();
    owners.push(owner(doubles(10)));
  }
  owners.push(owner(doubles(10)));
  expect(owners).toEqual(['External', null, 'External']);
});

test('WP-21 EXTERNAL never grows', () => {
  const ws = manager.createNewWorkspace(loop, 'WP');
  for (const n of [100, 1000]) {
    ws.run(() => doubles(n));
    ws.initializeWorkspace();
    expect(ws.getCurrentSize()).toBe(800);
  }
});

test('WP-22 a delayed workspace keeps what it has learnt', () => {
  const ws = manager.createNewWorkspace(delayed, 'WP');
  for (let x = 1; x < 10; x++) ws.run(() => doubles(100 * x));
  ws.initializeWorkspace();
  expect(ws.getCurrentSize()).toBe(2400);
});

test.each(['WP-23', 'WP-24'])('%s a workspace nested in itself and borrowed within, many times', (id) => {
  for (let x = 1; x < 10; x++) {
    using ws = enter(delayed, id);
    doubles(100 * x);
    using nested = enter(delayed, id);
    doubles(100 * x);
    using _borrowed = nested.notifyScopeBorrowed();
    doubles(100 * x);
    expect(ws.getGenerationId()).toBe(x);
  }
  expect([current(), manager.anyWorkspaceActiveForCurrentThread()]).toEqual([null, false]);
});

test('WP-25 the default workspace is one object', () => {
  expect(manager.getWorkspaceForCurrentThread()).toBe(manager.getWorkspaceForCurrentThread());
});

test('WP-26 unreachable workspaces give their memory back', async () => {
  const used = runtime().kernels.heapUsed();
  for (let i = 0; i < 10; i++)
    manager.createNewWorkspace({ initialSize: 1000000, policyLearning: 'NONE' }, 'GC').getId();
  manager.destroyAllWorkspacesForCurrentThread();
  await yieldToHost();
  memoryManager.invokeGc();
  for (let i = 0; i < 10; i++) await yieldToHost();
  expect(runtime().kernels.heapUsed()).toBeLessThan(used + 1000000);
});

test('WP-27 a workspace of 1 GiB serves an array that fills it', () => {
  const conf = {
    initialSize: 2 ** 30,
    policyAllocation: 'STRICT',
    policyLearning: 'NONE',
    policyMirroring: 'HOST_ONLY',
  };
  using ws = enter(conf, 'GIANT');
  const array = zeros('BYTE', 2 ** 30 - 32);
  const small = counting(4);
  array.putScalar(-1, 7);
  expect([array.getDouble(-1), sumOf(small), ws.getSpilledSize()]).toEqual([7, 10, 0]);
});
