// The rows of ND4J's SpecialWorkspaceTests (SW), DebugModeTests (DM), EndlessWorkspaceTests (EW) and CudaWorkspaceTests (CU),
// with the numbers of 1.0.0-M2.1. The endless ones end here, and watch the heap.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { Geometry } from '../../src/core/geometry.ts';
import { yieldToHost } from '../../src/core/platform.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import type { MemoryWorkspace } from '../../src/memory/memoryWorkspace.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { current, doubles, enter, MB } from '../support/conformance.ts';
import { sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

const series = {
  overallocationLimit: 3,
  policyLearning: 'FIRST_LOOP',
  policyReset: 'ENDOFBUFFER_REACHED',
} as const;
const cycle = (ws: MemoryWorkspace, ...sizes: number[]): void => void ws.run(() => sizes.map((n) => doubles(n)));
const counters = (ws: MemoryWorkspace): number[] => [
  ws.getSpilledSize(),
  ws.getPinnedSize(),
  ws.getNumberOfPinnedAllocations(),
  ws.getNumberOfExternalAllocations(),
];

test('SW-01 variable time series in a circular workspace that pins what is too large', () => {
  const ws = manager.createNewWorkspace(series, 'SW');
  cycle(ws, 500, 500);
  expect([ws.getStepNumber(), ws.getSpilledSize(), ws.getInitialBlockSize(), ws.getCurrentSize()]).toEqual([
    0, 8000, 10408, 41632,
  ]);
  cycle(ws, 2000);
  expect([ws.getStepNumber(), ws.getDeviceOffset(), ws.getThisCycleAllocations(), ...counters(ws)]).toEqual([
    0, 0, 0, 8000, 16000, 1, 2,
  ]);
  for (let e = 0; e < 4; e++) {
    for (let i = 0; i < 4; i++) {
      cycle(ws, 500, 500);
      expect(ws.getDeviceOffset()).toBe((i + 1) * 10408);
    }
    expect(ws.getNumberOfPinnedAllocations()).toBe(e < 2 ? 1 : 0);
  }
  expect(counters(ws)).toEqual([0, 0, 0, 0]);
  for (let i = 0; i < 100; i++) {
    ws.run(() => {
      for (let n = 0; n < 3; n++) doubles(500);
      expect(ws.getThisCycleAllocations()).toBe(12000);
    });
  }
  expect(counters(ws)).toEqual([0, 36000, 9, 0]);
  for (let i = 0; i < 100; i++) cycle(ws, 500, 500);
  expect(counters(ws)).toEqual([0, 0, 0, 0]);
  expect(manager.getAllocationStatistics()).toContain('SW:');
});

test('SW-02 variable time series in a circular workspace that is rebuilt', () => {
  const ws = manager.createNewWorkspace({ ...series, policySpill: 'REALLOCATE' }, 'SW');
  cycle(ws, 500, 500);
  expect([ws.getStepNumber(), ws.getSpilledSize(), ws.getInitialBlockSize(), ws.getCurrentSize()]).toEqual([
    0, 8000, 10408, 41632,
  ]);
  for (let i = 0; i < 100; i++) cycle(ws, 500, 500, 500);
  expect([ws.getInitialBlockSize(), ws.getCurrentSize(), ...counters(ws)]).toEqual([15608, 62432, 0, 0, 0, 0]);
});

test('SW-03 a column of an attached matrix is an attached view; detached it is neither', () => {
  const conf = { initialSize: 10000000, overallocationLimit: 3, policySpill: 'REALLOCATE' };
  let result: NDArray;
  {
    using _ws = enter(conf, 'WS109');
    const matrix = doubles(10, 10);
    for (let row = 0; row < 10; row++)
      for (let column = 0; column < 10; column++) matrix.putScalar(row, column, column + 1);
    const column = matrix.viewOf(1, new Geometry([10], [10], 'c'));
    expect([column.isView(), column.isAttached()]).toEqual([true, true]);
    result = column.detach();
    expect([result.isView(), result.isAttached()]).toEqual([false, false]);
  }
  expect(result.equals(doubles(10).assign(2))).toBe(true);
});

test('SW-04 mixed types and reductions stay aligned', () => {
  using ws = enter({ initialSize: MB, policyAllocation: 'STRICT', policyLearning: 'NONE' }, 'SW');
  for (let x = 1; x <= 100; x++) {
    using _nested = ws.notifyScopeEntered();
    for (let i = 0; i < 10; i++) expect(doubles(1, 10).assign(1).sum(true, 1).getDouble(0)).toBe(10);
    const flags = zeros('BOOL', x);
    expect(flags.buffer.address % 32).toBe(doubles(1).buffer.address % 32);
  }
});

test('SW-05 ten thousand operations in place leave the heap alone', () => {
  const arrays = Array.from({ length: 10 }, () => doubles(10));
  const used = runtime().kernels.heapUsed();
  for (let i = 0; i < 10000; i++) (arrays[i % 10] as NDArray).addi(0);
  expect(runtime().kernels.heapUsed()).toBe(used);
});

test('SW-06 borrow and scope-out restore what was current, in order', () => {
  const seen: (string | null)[] = [];
  {
    using outer = enter({ initialSize: 1024 }, 'outer');
    {
      using _inner = enter({ initialSize: 1024 }, 'inner');
      {
        using _borrowed = outer.notifyScopeBorrowed();
        seen.push(current());
        {
          using _out = manager.scopeOutOfWorkspaces();
          seen.push(current());
        }
        seen.push(current());
      }
      seen.push(current());
    }
    seen.push(current());
  }
  seen.push(current());
  expect(seen).toEqual(['outer', null, 'outer', 'inner', 'outer', null]);
});

test('SW-07 an MMAP workspace spills what is too large', () => {
  using ws = enter({ initialSize: 200 * 2 ** 20, policyLocation: 'MMAP', policyLearning: 'NONE' }, 'M2');
  const array = zeros('FLOAT', 52428800 + 1000);
  expect([array.isAttached(), ws.getNumberOfExternalAllocations()]).toEqual([true, 1]);
});

test.each(['SW-08', 'SW-09'])(
  '%s an MMAP workspace on a file of a long name can be used, destroyed and its file deleted',
  (id) => {
    const folder = mkdtempSync(join(tmpdir(), 'ndarena-'));
    const tempFilePath = join(folder, `${id}-${'x'.repeat(110)}`);
    enter({ initialSize: 2000, policyLocation: 'MMAP', policyLearning: 'NONE', tempFilePath }, 'M2').run(() =>
      doubles(10),
    );
    manager.findWorkspace('M2')?.close();
    manager.destroyAllWorkspacesForCurrentThread();
    rmSync(tempFilePath);
    rmSync(folder, { recursive: true });
  },
);

test('SW-10 MMAP with the default learning is refused', () => {
  expect(() => enter({ initialSize: 1000, policyLocation: 'MMAP' }, 'M2')).toThrow("can't have LearningPolicy defined");
});

test('SW-11 migrate() keeps type and elements', () => {
  const array = zeros('LONG', 2);
  array.putScalar(0, 1);
  array.putScalar(1, 2);
  using _ws = manager.getAndActivateWorkspace('testWS');
  const migrated = array.migrate();
  expect([migrated.dataType(), migrated.getDouble(0), migrated.isAttached()]).toEqual(['LONG', 1, true]);
});

test('DM-01 the debug mode is DISABLED until it is set', () => {
  expect(manager.getDebugMode()).toBe('DISABLED');
  manager.setDebugMode('SPILL_EVERYTHING');
  expect(manager.getDebugMode()).toBe('SPILL_EVERYTHING');
});

test.each([
  ['DM-02', { initialSize: MB, maxSize: MB, policyAllocation: 'STRICT' }, MB],
  ['DM-03', { policyAllocation: 'STRICT' }, 0],
])('%s SPILL_EVERYTHING spills everything and learns nothing', (_, conf, size) => {
  manager.setDebugMode('SPILL_EVERYTHING');
  {
    using ws = enter(conf, 'DM');
    expect([ws.getCurrentSize(), ws.getHostOffset(), ws.getDeviceOffset()]).toEqual([size, 0, 0]);
    expect(doubles(10, 10).isAttached()).toBe(true);
    expect([ws.getCurrentSize(), ws.getHostOffset(), ws.getDeviceOffset(), ws.getSpilledSize()]).toEqual([
      size,
      0,
      0,
      800,
    ]);
  }
  using ws = enter(conf, 'DM');
  expect([ws.getCurrentSize(), ws.getHostOffset(), ws.getSpilledSize()]).toEqual([size, 0, 0]);
});

test('DM-04 BYPASS_EVERYTHING makes detached arrays', () => {
  manager.setDebugMode('BYPASS_EVERYTHING');
  using _ws = enter({ initialSize: MB }, 'DM');
  expect(doubles(10, 10).isAttached()).toBe(false);
});

/** Runs `body` a hundred times; the heap must be after the last cycle what it was after the second. */
function expectConstant(body: () => void): void {
  let used = 0;
  for (let i = 0; i < 100; i++) {
    body();
    if (i === 1) used = runtime().kernels.heapUsed();
  }
  expect(runtime().kernels.heapUsed()).toBe(used);
}

test('EW-01 a large workspace used again and again', () => {
  expectConstant(() => {
    using _ws = enter({ initialSize: 100 * 2 ** 20 }, 'EW');
    expect(
      zeros('FLOAT', 2 ** 16)
        .addi(1)
        .meanNumber(),
    ).toBe(1);
  });
});

test('EW-02 spilled arrays are freed', () => {
  expectConstant(() => {
    using _ws = enter({ initialSize: 2 ** 20 }, 'EW');
    zeros('FLOAT', 2 ** 19);
    zeros('FLOAT', 2 ** 19 + 1);
  });
});

test('EW-03 two workspaces add up', () => {
  expectConstant(() => {
    using _ws1 = enter({ initialSize: 2 ** 20 }, 'WS_1');
    const a = zeros('FLOAT', 2 ** 15).assign(1);
    using _ws2 = enter({ initialSize: 2 ** 20 }, 'WS_2');
    expect(a.addi(zeros('FLOAT', 2 ** 15).assign(1)).meanNumber()).toBe(2);
  });
});

test('EW-04 reductions along a dimension and to a number', () => {
  expectConstant(() => {
    using _ws = enter({ initialSize: 2 ** 20 }, 'EW');
    zeros('FLOAT', 32, 32).max(1);
    expect(zeros('FLOAT', 100).maxNumber()).toBe(0);
  });
});

test('EW-05 workspaces made and destroyed leave a control block each, until the host has a turn', async () => {
  const used = runtime().kernels.heapUsed();
  for (let i = 0; i < 20; i++) {
    enter({ initialSize: MB, policyLearning: 'NONE' }, 'EW').close();
    manager.destroyWorkspace(manager.findWorkspace('EW'));
  }
  expect(runtime().kernels.heapUsed() - used).toBeLessThan(20 * 300);
  await yieldToHost();
  memoryManager.invokeGc();
  for (let i = 0; i < 10; i++) await yieldToHost();
  expect(runtime().kernels.heapUsed() - used).toBeLessThan(3 * 300);
});

test('EW-06 small arrays in a large workspace', () => {
  expectConstant(() => {
    using _ws = enter({ initialSize: MB, policyLearning: 'NONE' }, 'EW');
    zeros('FLOAT', 5);
  });
});

test('EW-07 without a workspace the mean is right, and close() keeps the heap constant', () => {
  expectConstant(() => {
    using array = doubles(1000).assign(1);
    expect(array.meanNumber()).toBe(1);
  });
});

test('CU-01 zeros are zero although the memory is reused', () => {
  for (let i = 0; i < 10; i++) {
    using _ws = enter({ initialSize: 1024, policyMirroring: 'HOST_ONLY' }, 'CU');
    const array = zeros('FLOAT', 4);
    expect(sumOf(array)).toBe(0);
    array.putScalar(0, 1);
  }
  expect(memoryManager.getCurrentWorkspace()).toBeNull();
});
