// The rows of ND4J's CyclicWorkspaceTests (CY) and WP-01 to WP-13 of its WorkspaceProviderTests, with the numbers of 1.0.0-M2.1.

import { afterEach, expect, test } from 'vitest';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import type { MemoryWorkspace } from '../../src/memory/memoryWorkspace.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { current, doubles, enter, MB } from '../support/conformance.ts';
import { sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

const pBasic = { initialSize: 81920, overallocationLimit: 0.1, policyLearning: 'NONE' } as const;
const loop = { overallocationLimit: 0.1, policyLearning: 'OVER_TIME', policyAllocation: 'STRICT' } as const;
const _delayed = { ...loop, cyclesBeforeInitialization: 3 } as const;
const realloc = { ...loop, policySpill: 'REALLOCATE' } as const;
const _first = { ...loop, policyLearning: 'FIRST_LOOP' } as const;
const circ = {
  minSize: MB,
  overallocationLimit: 1,
  policyLearning: 'FIRST_LOOP',
  policyAllocation: 'STRICT',
  policyReset: 'ENDOFBUFFER_REACHED',
} as const;
const adsi = {
  overallocationLimit: 3,
  policySpill: 'REALLOCATE',
  policyLearning: 'FIRST_LOOP',
  policyReset: 'ENDOFBUFFER_REACHED',
} as const;
const named = (id: string): MemoryWorkspace => manager.getAndActivateWorkspace(id);
const offsets = (...ids: string[]): number[] => ids.map((id) => manager.findWorkspace(id)?.getCurrentOffset() ?? -1);
const owner = (array: NDArray): string | null => array.data().getParentWorkspace()?.getId() ?? null;

test('CY-01 a circular workspace of 26 blocks runs a hundred cycles; externals go when it wraps', () => {
  const conf = {
    minSize: MB,
    overallocationLimit: 25,
    policySpill: 'REALLOCATE',
    policyReset: 'ENDOFBUFFER_REACHED',
  } as const;
  const ws = manager.createNewWorkspace(conf, 'CY');
  for (let cycle = 1; cycle <= 100; cycle++) {
    ws.run(() => [doubles(128, 784), doubles(128, 10)]);
    expect(ws.getNumberOfExternalAllocations()).toBe(cycle < 28 ? 2 : 0);
  }
  expect([ws.getInitialBlockSize(), ws.getCurrentSize()]).toEqual([1056976, 27481376]);
});

test('CY-02 rows of a detached matrix cost no heap, however many', () => {
  const matrix = doubles(4, 4);
  const used = runtime().kernels.heapUsed();
  for (let i = 0; i < 100000; i++) matrix.viewOf((i % 4) * 4, matrix.geometry);
  expect(runtime().kernels.heapUsed()).toBe(used);
});

test('WP-01 a circular workspace learns over time', () => {
  const conf = {
    overallocationLimit: 4,
    policyLearning: 'OVER_TIME',
    cyclesBeforeInitialization: 5,
    policyReset: 'ENDOFBUFFER_REACHED',
  } as const;
  const ws = manager.createNewWorkspace(conf, 'WP');
  for (let x = 0; x < 100; x++) {
    ws.run(() => doubles(100));
    const expected = x < 4 ? [0, 0] : [1048, 5240];
    expect([ws.getInitialBlockSize(), ws.getCurrentSize()]).toEqual(expected);
  }
  expect(current()).toBeNull();
});

test('WP-02 a circular workspace with an initial size goes on from cycle to cycle', () => {
  const ws = manager.createNewWorkspace(
    { initialSize: 80000, policyAllocation: 'STRICT', policyReset: 'ENDOFBUFFER_REACHED' },
    'WP',
  );
  for (let x = 0; x < 100; x++) {
    ws.run(() => doubles(100));
    expect(ws.getCurrentOffset()).toBe((x + 1) * 800);
  }
  ws.run(() => undefined);
  expect(ws.getCurrentOffset()).toBe(80000);
});

test('WP-03 a realm has one default workspace; other realms have their own', () => {
  manager.setDefaultWorkspaceConfiguration(pBasic);
  expect(new Set(Array.from({ length: 20 }, () => manager.getWorkspaceForCurrentThread())).size).toBe(1);
});

test.each([
  ['WP-04', 'DOUBLE', 64],
  ['WP-04b', 'FLOAT', 32],
] as const)('%s a borrowed outer workspace serves copies from an inner one (%s)', (_, type, bytes) => {
  manager.setDefaultWorkspaceConfiguration(pBasic);
  expect([manager.checkIfWorkspaceExists('WS1'), manager.checkIfWorkspaceExists('WS2')]).toEqual([false, false]);
  {
    using ws1 = named('WS1');
    zeros(type, 5);
    expect(offsets('WS1')).toEqual([bytes]);
    using ws2 = named('WS2');
    const array = zeros(type, 5).assign(3);
    expect(offsets('WS1', 'WS2')).toEqual([bytes, bytes]);
    {
      using borrowed = ws1.notifyScopeBorrowed();
      expect([borrowed, memoryManager.getCurrentWorkspace()]).toEqual([ws1, ws1]);
      const copy = array.unsafeDuplication();
      expect([owner(copy), sumOf(copy)]).toEqual(['WS1', 15]);
      expect(offsets('WS1', 'WS2')).toEqual([bytes * 2, bytes]);
    }
    expect(memoryManager.getCurrentWorkspace()).toBe(ws2);
  }
  expect(current()).toBeNull();
});

test.each([
  ['WP-05 scoped out, copying in takes nothing', true, 0],
  ['WP-06 copying in takes 96 bytes for 10 doubles', false, 96],
])('%s', (_, isScopedOut, offset) => {
  const source = doubles(10).assign(1);
  using ws = enter(pBasic, 'WS_1');
  using _out = isScopedOut ? memoryManager.scopeOutOfWorkspaces() : ws.notifyScopeEntered();
  const copy = source.dup();
  expect([ws.getCurrentOffset(), copy.length(), copy.meanNumber()]).toEqual([offset, 10, 1]);
});

test('WP-07 a copy of 17 x 57 x 79 keeps length and mean', () => {
  const source = doubles(17, 57, 79).assign(1);
  using _ws = enter({ ...pBasic, initialSize: 20 * 2 ** 20 }, 'WS_1');
  const copy = source.dup();
  expect([copy.length(), copy.meanNumber()]).toEqual([17 * 57 * 79, 1]);
});

test('WP-08 externals of a circular workspace stay until it wraps', () => {
  const ws = manager.createNewWorkspace(circ, 'WSR_1');
  ws.run(() => {
    doubles(10000);
    expect([ws.getCurrentSize(), ws.getNumberOfExternalAllocations()]).toEqual([0, 1]);
  });
  expect([ws.getCurrentSize(), ws.getCurrentOffset(), ws.getNumberOfExternalAllocations()]).toEqual([MB, 0, 1]);
  expect(ws.getInitialBlockSize()).toBe(104008);
  for (let i = 1; i <= 145; i++) {
    ws.run(() => doubles(10000));
    expect(ws.getNumberOfExternalAllocations()).toBe(i < 102 ? 1 : 0);
  }
});

test('WP-09 a circular workspace is rebuilt for larger elements after three steps', () => {
  const ws = manager.createNewWorkspace(adsi, 'WP');
  const cycle = (last: number): number[] => {
    ws.run(() => doubles(8, 128, last));
    return [ws.getPrimaryOffset(), ws.getCyclesCount(), ws.getStepNumber(), ws.getNumberOfPinnedAllocations()];
  };
  expect(cycle(100)).toEqual([0, 1, 0, 0]);
  const block = 1064968;
  expect([ws.getInitialBlockSize(), ws.getCurrentSize()]).toEqual([block, 4259872]);
  expect(cycle(100)).toEqual([block, 2, 0, 0]);
  expect(cycle(200)).toEqual([block, 3, 0, 1]);
  expect(cycle(100)).toEqual([block, 4, 0, 2]);
  expect(cycle(100)).toEqual([block, 5, 1, 3]);
  for (let i = 0; i < 12; i++) cycle(100);
  expect([ws.getStepNumber(), ws.getPrimaryOffset()]).toEqual([4, ws.getCurrentSize()]);
  expect([ws.getInitialBlockSize(), ws.getCurrentSize()]).toEqual([2129928, 8519712]);
});

test('WP-10 REALLOCATE grows by hand and does not shrink', () => {
  const ws = manager.createNewWorkspace(realloc, 'WP');
  ws.run(() => doubles(100));
  ws.initializeWorkspace();
  expect(ws.getCurrentSize()).toBe(800);
  ws.run(() => doubles(1000));
  expect(ws.getMaxCycleAllocations()).toBe(8000);
  ws.initializeWorkspace();
  expect(ws.getCurrentSize()).toBe(8000);
  ws.run(() => expect(doubles(500).assign(1).meanNumber()).toBe(1));
});

test('WP-11 REALLOCATE after a delay follows growing loops', () => {
  const ws = manager.createNewWorkspace({ ...realloc, cyclesBeforeInitialization: 3 }, 'WP');
  for (let i = 1; i <= 10; i++) {
    ws.run(() => doubles(100 * i));
    expect(ws.getCurrentSize()).toBe(i < 3 ? 0 : 800 * i);
  }
});

test('WP-12 REALLOCATE without over-allocation follows the largest loop', () => {
  const ws = manager.createNewWorkspace(
    { overallocationLimit: 0, policySpill: 'REALLOCATE', policyLearning: 'OVER_TIME' },
    'WP',
  );
  for (let i = 1; i <= 10; i++) {
    ws.run(() => doubles(100 * i));
    if (i === 3) {
      ws.initializeWorkspace();
      expect(ws.getCurrentSize()).toBe(2400);
    }
  }
  for (let i = 10; i > 0; i--) ws.run(() => doubles(100 * i));
  ws.initializeWorkspace();
  expect(ws.getCurrentSize()).toBe(8000);
});

test('WP-13 circular learning leaves the offset at a block', () => {
  const ws = manager.createNewWorkspace(circ, 'WP');
  ws.run(() => doubles(10));
  expect([ws.getCurrentSize(), ws.getCurrentOffset()]).toEqual([MB, 0]);
  ws.run(() => doubles(10));
  expect([ws.getInitialBlockSize(), ws.getCurrentOffset()]).toEqual([128, 128]);
});
