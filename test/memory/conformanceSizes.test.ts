// The rows BW-18 to BW-36 of ND4J's BasicWorkspaceTests, with the numbers of 1.0.0-M2.1: blocks are rounded up to 32 bytes.

import { afterEach, expect, test } from 'vitest';
import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { ND4JIllegalStateException, ND4JWorkspaceException } from '../../src/core/errors.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { basic, current, doubles, enter, loopFirst, loopOver, MB } from '../support/conformance.ts';
import { counting, sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

test('BW-18 OVERALLOCATE applies to the initial size', () => {
  const conf = { initialSize: 1024, maxSize: MB, overallocationLimit: 1, policyLearning: 'NONE' } as const;
  expect(manager.createNewWorkspace(conf).getCurrentSize()).toBe(2048);
});

test('BW-19 OVERALLOCATE applies to the learnt size', () => {
  const ws = manager.createNewWorkspace({ maxSize: MB, overallocationLimit: 1, policyLearning: 'FIRST_LOOP' });
  expect(ws.getCurrentSize()).toBe(0);
  ws.run(() => doubles(100));
  expect(ws.getCurrentSize()).toBe(1600);
});

test('BW-20 OVER_TIME with 0 cycles learns by hand only', () => {
  const ws = manager.createNewWorkspace({ maxSize: MB, overallocationLimit: 1, policyLearning: 'OVER_TIME' });
  memoryManager.setCurrentWorkspace(ws);
  ws.run(() => {
    for (let n = 10; n <= 100; n += 10) doubles(n);
  });
  expect(ws.getCurrentSize()).toBe(0);
  ws.initializeWorkspace();
  expect(ws.getCurrentSize()).toBe(8960);
  memoryManager.setCurrentWorkspace(null);
});

test('BW-21 memory taken while toggled off does not count', () => {
  const ws = manager.createNewWorkspace(loopFirst);
  memoryManager.setCurrentWorkspace(ws);
  const cycle = (offsets: number[]): void => {
    ws.notifyScopeEntered();
    doubles(100);
    ws.toggleWorkspaceUse(false);
    expect(doubles(100).assign(1).sumNumber()).toBe(100);
    ws.toggleWorkspaceUse(true);
    expect(ws.getCurrentOffset()).toBe(offsets[0]);
    doubles(100);
    expect(ws.getCurrentOffset()).toBe(offsets[1]);
    ws.close();
  };
  cycle([0, 0]);
  expect([ws.getCurrentOffset(), ws.getCurrentSize()]).toEqual([0, 1600]);
  cycle([800, 1600]);
  memoryManager.setCurrentWorkspace(null);
});

test('BW-22 a second loop uses what the first has learnt', () => {
  const ws = manager.createNewWorkspace(loopFirst);
  ws.run(() => [doubles(100), doubles(100)]);
  expect([ws.getCurrentSize(), ws.getCurrentOffset()]).toEqual([1600, 0]);
  ws.run(() => {
    doubles(100);
    expect(ws.getCurrentOffset()).toBe(800);
  });
  expect(ws.getCurrentOffset()).toBe(0);
});

test('BW-23 the first loop spills, and its sum is learnt', () => {
  const ws = manager.createNewWorkspace(loopFirst);
  ws.run(() => {
    doubles(100);
    doubles(10);
    expect([ws.getCurrentOffset(), ws.getCurrentSize()]).toEqual([0, 0]);
  });
  expect([ws.getCurrentOffset(), ws.getCurrentSize()]).toEqual([0, 896]);
});

test('BW-24 OVER_TIME learns the largest of many loops', () => {
  const ws = manager.createNewWorkspace(loopOver);
  for (let n = 1; n <= 100; n++) {
    ws.run(() => doubles(n));
    expect([ws.getCurrentOffset(), ws.getCurrentSize()]).toEqual([0, 0]);
  }
  ws.initializeWorkspace();
  expect([ws.getCurrentOffset(), ws.getCurrentSize()]).toEqual([0, 800]);
  ws.run(() => {
    doubles(10);
    expect(ws.getCurrentOffset()).toBe(96);
  });
});

test('BW-25 two vectors add up in place', () => {
  using ws = enter(basic, 'WS');
  const a = counting(5);
  expect(ws.getCurrentOffset()).toBe(64);
  const b = counting(5).rsubi(6);
  expect([sumOf(a), sumOf(b)]).toEqual([15, 15]);
  a.addi(b);
  expect(sumOf(a)).toBe(30);
  expect([0, 1, 2, 3, 4].map((i) => a.getDouble(i))).toEqual([6, 6, 6, 6, 6]);
});

test.each([
  ['BW-26 a vector', [5]],
  ['BW-26 a row', [1, 5]],
])('%s of 5 doubles takes 64 bytes', (_, shape) => {
  using ws = enter(basic, 'WS');
  const array = doubles(...shape).assign(1);
  expect([ws.getCurrentOffset(), sumOf(array)]).toEqual([64, 5]);
});

test('BW-27 FAIL throws and takes nothing, also in a workspace that was made current without being entered', () => {
  const conf = { initialSize: 1048576, maxSize: 1048576, policyAllocation: 'STRICT', policySpill: 'FAIL' } as const;
  const ws = manager.createNewWorkspace(conf);
  memoryManager.setCurrentWorkspace(ws);
  doubles(1, 5);
  expect(ws.getCurrentOffset()).toBe(64);
  expect(() => doubles(10000000)).toThrow(ND4JIllegalStateException);
  expect(ws.getCurrentOffset()).toBe(64);
  const array = doubles(1, 5);
  expect(ws.getCurrentOffset()).toBe(128);
  expect(() => array.addi(1)).toThrow('the workspace is closed now');
  memoryManager.setCurrentWorkspace(null);
});

test('BW-28 a reduction to a number takes nothing (ND4J: 32 bytes), so that the array alone is learnt', () => {
  const ws = manager.createNewWorkspace(loopOver);
  ws.run(() => {
    expect(doubles(10).assign(1).sumNumber()).toBe(10);
    expect([ws.getCurrentOffset(), ws.getCurrentSize()]).toEqual([0, 0]);
  });
  ws.initializeWorkspace();
  expect(ws.getCurrentSize()).toBe(96);
  for (let i = 0; i < 10; i++) {
    ws.run(() => {
      const array = doubles(10);
      expect(ws.getCurrentOffset()).toBe(96);
      array.addi(1);
      expect([ws.getCurrentOffset(), array.sumNumber()]).toEqual([96, 10]);
    });
    expect(ws.getCurrentOffset()).toBe(0);
  }
});

test('BW-29 dup() takes as much again', () => {
  using ws = enter(basic, 'WS');
  const array = doubles(1, 5).assign(1);
  expect(ws.getCurrentOffset()).toBe(64);
  expect(sumOf(array.dup())).toBe(5);
  expect(ws.getCurrentOffset()).toBe(128);
});

test('BW-30 dup() of a matrix takes as much again', () => {
  using ws = enter(basic, 'WS');
  const array = doubles(100, 10);
  expect(ws.getCurrentOffset()).toBe(8000);
  array.dup();
  expect(ws.getCurrentOffset()).toBe(16000);
});

test('BW-31 an MMAP workspace keeps its contents', () => {
  const conf = { initialSize: 1000000, policyLocation: 'MMAP', policyLearning: 'NONE' };
  {
    using _ws = enter(conf, 'M2');
    expect(sumOf(doubles(100).assign(10))).toBe(1000);
  }
  using _ws = enter(conf, 'M2');
  const buffer = DataBuffer.allocate(dataTypeInfo('DOUBLE'), 100, false);
  expect(sumOf(new NDArray(buffer, 0, denseGeometry([100])))).toBe(1000);
});

test('BW-32 an MMAP workspace with the default learning is refused', () => {
  expect(() => enter({ tempFilePath: 'never-made', policyLocation: 'MMAP' }, 'M')).toThrow(
    "Workspace backed by memory-mapped file can't have LearningPolicy defined",
  );
});

const moves: [string, (array: NDArray, id: string) => unknown][] = [
  ['leverage()', (array) => array.leverage()],
  ['leverageTo()', (array, id) => array.leverageTo(id)],
  ['leverageOrDetach()', (array, id) => array.leverageOrDetach(id)],
  ['detach()', (array) => array.detach()],
  ['migrate()', (array) => array.migrate()],
  ['migrate(true)', (array) => array.migrate(true)],
  ['dup()', (array) => array.dup()],
  ['unsafeDuplication()', (array) => array.unsafeDuplication()],
];

test.each(moves)(
  'BW-33 an array of a closed workspace is attached, and %s throws inside and outside another',
  (_, move) => {
    let array = doubles(1);
    for (let i = 0; i < 10; i++) {
      using _ws = enter(basic, 'CLOSED');
      array = doubles(10);
    }
    expect(array.isAttached()).toBe(true);
    expect(() => move(array, 'OTHER')).toThrow(ND4JWorkspaceException);
    using _other = enter(basic, 'OTHER');
    expect(() => move(array, 'OTHER')).toThrow('Array uses leaked workspace pointer from workspace CLOSED');
    expect(current()).toBe('OTHER');
  },
);

test.each(moves)('BW-34 an array of an earlier generation is attached, and %s throws', (_, move) => {
  let array = doubles(1);
  for (let i = 0; i < 3; i++) {
    using _ws = enter(basic, 'AGAIN');
    array = doubles(10);
  }
  using _ws = enter(basic, 'AGAIN');
  using _other = enter(basic, 'OTHER');
  expect(() => move(array, 'OTHER')).toThrow(ND4JWorkspaceException);
  expect(() => move(array, 'OTHER')).toThrow(
    'Array outdated workspace pointer from workspace AGAIN (array generation 3, current workspace generation 4)',
  );
});

test.each(['DOUBLE', 'FLOAT', 'HALF'] as DataType[])('BW-35 leverageTo() and detach() keep the type %s', (type) => {
  const conf = { initialSize: MB, policyLearning: 'NONE' };
  using _ws = enter(conf, 'OUTER');
  using _inner = enter(conf, 'INNER');
  const leveraged = zeros(type, 3, 4).assign(2).leverageTo('OUTER');
  expect([leveraged.isAttached(), leveraged.dataType(), sumOf(leveraged)]).toEqual([true, type, 24]);
  const detached = leveraged.detach();
  expect([detached.isAttached(), detached.dataType(), sumOf(detached)]).toEqual([false, type, 24]);
});

test('BW-36 concerns CUDA alone: host and device offsets are one', () => {
  using ws = enter(basic, 'WS');
  doubles(5);
  expect([ws.getHostOffset(), ws.getDeviceOffset(), ws.getPrimaryOffset()]).toEqual([64, 64, 64]);
});
