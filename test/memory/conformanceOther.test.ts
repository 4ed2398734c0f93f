// Rows of ND4J's other tests that concern memory: scope panic (OP), closing (CL), accounting (AC), buffers (DB), mixed types (MX, SP).

import { afterEach, expect, test } from 'vitest';
import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { ND4JIllegalStateException } from '../../src/core/errors.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { heapUse } from '../../src/memory/heap.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { doubles, enter, MB } from '../support/conformance.ts';
import { sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

const plain = { initialSize: MB, policyAllocation: 'STRICT', policyLearning: 'NONE' } as const;
const TYPES: DataType[] = ['FLOAT', 'DOUBLE', 'HALF', 'LONG', 'INT', 'SHORT', 'BYTE', 'UBYTE', 'BOOL'];

test('OP-01 an operation on an array of a closed workspace panics', () => {
  let array: NDArray;
  {
    using _ws = enter(plain, 'WS119');
    array = doubles(10);
  }
  expect(() => array.add(1)).toThrow(ND4JIllegalStateException);
  expect(() => array.add(1)).toThrow('X argument uses leaked workspace pointer from workspace [WS119]');
});

test('OP-02 an operation on an array of an earlier generation panics', () => {
  const generations: number[] = [];
  let array = doubles(1);
  for (let i = 0; i < 2; i++) {
    using ws = enter(plain, 'WS120');
    generations.push(ws.getGenerationId());
    if (i === 0) array = doubles(10);
    else expect(() => array.add(1)).toThrow('generation 2 is open now');
  }
  expect(generations).toEqual([1, 2]);
});

test('OP-03 an array of an outer workspace may be used in an inner one', () => {
  using outer = enter(plain, 'WS121');
  const array = doubles(10);
  using _inner = enter(plain, 'WS122');
  expect([sumOf(array.add(1)), outer.getGenerationId()]).toEqual([10, 1]);
});

test('OP-04 a million checks of a valid array take no memory (their time is measured in bench/)', () => {
  using ws = enter(plain, 'WS');
  const { buffer } = doubles(10);
  const [blocks, offset] = [heapUse.blocks, ws.getPrimaryOffset()];
  let usable = 0;
  for (let i = 0; i < 1_000_000; i++) if (buffer.isUsable) usable++;
  expect([usable, heapUse.blocks, ws.getPrimaryOffset()]).toEqual([1_000_000, blocks, offset]);
});

test('CL-01 a closed array is no longer closeable', () => {
  const array = zeros('FLOAT', 5);
  expect(array.closeable()).toBe(true);
  array.close();
  expect([array.closeable(), array.wasClosed()]).toEqual([false, true]);
});

test('CL-02 a hundred arrays close by `using`', () => {
  const blocks = heapUse.blocks;
  for (let i = 0; i < 100; i++) {
    using array = zeros('FLOAT', 10);
    expect(array.wasClosed()).toBe(false);
  }
  expect(heapUse.blocks).toBe(blocks);
});

test('CL-03 an array is closeable, a view of it is not', () => {
  const array = zeros('FLOAT', 5, 5);
  const row = array.viewOf(5, zeros('FLOAT', 5).geometry);
  expect([array.closeable(), row.closeable()]).toEqual([true, false]);
  expect(() => row.close()).toThrow("Can't release this INDArray");
  array.close();
  expect(row.wasClosed()).toBe(true);
});

test('CL-04 an attached array is not closeable, and `using` passes it by', () => {
  using _ws = manager.getAndActivateWorkspace();
  const array = zeros('FLOAT', 5);
  expect(array.closeable()).toBe(false);
  expect(() => array.close()).toThrow(/Can't release this INDArray\n.*workspace \[DefaultWorkspace\]/);
  expect(() => array.data().close()).toThrow("Can't release this data buffer");
  array[Symbol.dispose]();
  expect(sumOf(array)).toBe(0);
});

test('CL-05 a closed array, and a view of one, refuse every use', () => {
  const array = zeros('FLOAT', 5, 5);
  const view = array.viewOf(5, zeros('FLOAT', 5).geometry);
  array.close();
  array.close();
  for (const each of [array, view]) {
    expect(() => each.add(1)).toThrow('Op.X argument was closed before call');
    expect(() => zeros('FLOAT', 5).addi(each)).toThrow('Op.Y argument was closed before call');
    expect(() => each.getDouble(0)).toThrow(ND4JIllegalStateException);
    expect(() => each.dup()).toThrow('Cannot duplicate INDArray: Array was closed before call');
  }
});

test('AC-01 arrays count', () => {
  const before = memoryManager.allocatedMemory();
  using _array = zeros('INT', 1000);
  expect(memoryManager.allocatedMemory()).toBeGreaterThanOrEqual(before + 4000);
});

test('AC-02 a workspace counts until it is destroyed, margin included (ND4J forgets 1024 bytes)', () => {
  const before = memoryManager.allocatedMemory();
  const ws = manager.createNewWorkspace(plain, 'AC');
  expect(memoryManager.allocatedMemory()).toBeGreaterThanOrEqual(before + MB + 1024);
  ws.destroyWorkspace(true);
  expect(memoryManager.allocatedMemory()).toBeLessThan(before + 400);
});

test('AC-03 spilled memory counts until it is destroyed', () => {
  const before = memoryManager.allocatedMemory();
  const ws = enter({ policyLearning: 'OVER_TIME', cyclesBeforeInitialization: 3 }, 'AC');
  doubles(5, 5);
  expect(memoryManager.allocatedMemory()).toBeGreaterThanOrEqual(before + 200);
  ws.close();
  manager.destroyAllWorkspacesForCurrentThread();
  expect(memoryManager.allocatedMemory()).toBeLessThan(before + 400);
});

test('AC-04 a closed array does not count', () => {
  const before = { ...heapUse };
  const array = zeros('BYTE', 3);
  expect(heapUse).toEqual({ bytes: before.bytes + 3, blocks: before.blocks + 1 });
  array.close();
  expect(heapUse).toEqual(before);
  const used = memoryManager.allocatedMemory();
  zeros('BYTE', 300).close();
  expect(memoryManager.allocatedMemory()).toBe(used);
});

test('AC-05 counters of detached arrays return to what they were', () => {
  const before = { ...heapUse };
  const arrays = Array.from({ length: 100 }, (_, i) => zeros('BYTE', i + 1));
  expect(heapUse).toEqual({ bytes: before.bytes + 5050, blocks: before.blocks + 100 });
  for (const array of arrays) array.close();
  expect(heapUse).toEqual(before);
});

test.each(['FLOAT', 'DOUBLE', 'INT', 'LONG'] as DataType[])(
  'DB-01 a buffer of %s is attached just when a workspace is current',
  (type) => {
    expect(DataBuffer.create(type, 3).isAttached).toBe(false);
    using _ws = enter(plain, 'DB');
    expect(DataBuffer.create(type, 3).isAttached).toBe(true);
    expect(DataBuffer.allocateDetached(dataTypeInfo(type), 3, true).isAttached).toBe(false);
  },
);

test.each(TYPES)('DB-02 a buffer of %s has type, length and owner', (type) => {
  using ws = enter(plain, 'DB');
  const buffer = DataBuffer.create(type, 3);
  expect([buffer.dataType(), buffer.length, buffer.getParentWorkspace(), buffer.getGenerationId()]).toEqual([
    type,
    3,
    ws,
    1,
  ]);
});

test.each([
  ['attached', true],
  ['detached', false],
])('DB-03 reallocate() keeps what fits in an %s buffer', (_, isAttached) => {
  using _ws = isAttached ? enter(plain, 'DB') : undefined;
  const buffer = DataBuffer.create('DOUBLE', 4);
  (buffer.window() as Float64Array).set([1, 2, 3, 4]);
  buffer.reallocate(6);
  expect([buffer.isAttached, buffer.length]).toEqual([isAttached, 6]);
  expect([...(buffer.window() as Float64Array).subarray(0, 4)]).toEqual([1, 2, 3, 4]);
  buffer.reallocate(2);
  expect([...(buffer.window() as Float64Array)]).toEqual([1, 2]);
  if (!isAttached) buffer.close();
});

test('MX-01 arrays of BOOL and DOUBLE share a workspace', () => {
  for (let i = 0; i < 10; i++) {
    using _ws = enter({ minSize: MB, overallocationLimit: 1 }, 'MX');
    expect(sumOf(zeros('BOOL', 1, 10).assign(1)) + sumOf(doubles(1, 10).assign(2))).toBe(30);
  }
});

test('SP-01 comparisons, copies and casts in one workspace', () => {
  const source = doubles(100);
  for (let i = 0; i < 100; i++) {
    using _ws = enter({}, 'SP');
    expect(sumOf(source.eq(0).castTo('DOUBLE').dup())).toBe(100);
    expect(sumOf(source.dup())).toBe(0);
  }
});

const pairs = TYPES.flatMap((from) => TYPES.map((to) => [from, to] as const));
test.each(pairs)('SP-02 ones of %s cast to %s are ones', (from, to) => {
  using _ws = enter(plain, 'SP');
  const cast = zeros(from, 2, 5).assign(1).castTo(to);
  expect([cast.dataType(), sumOf(cast), cast.isAttached()]).toEqual([to, 10, true]);
});

test('SP-03 casts there and back', () => {
  using _ws = enter(plain, 'SP');
  for (let i = 0; i < 100; i++) expect(sumOf(doubles(10).assign(3).castTo('BOOL').castTo('DOUBLE').dup())).toBe(10);
});

test.each([0, MB])(
  'SP-04 a chain of views, comparisons, reductions and casts in a workspace of %d bytes',
  (initialSize) => {
    for (let i = 0; i < 10; i++) {
      using _ws = enter({ initialSize, overallocationLimit: 0.05, policySpill: 'REALLOCATE' }, 'ALL_LAYERS_ACT');
      const grid = zeros('FLOAT', 2, 3, 4, 4).assign(0.5);
      const mask = grid.gt(0.25).castTo('FLOAT');
      const sums = grid.mul(mask).permute(0, 2, 3, 1).dup().sum(3);
      expect([sums.shape(), sums.getDouble(1, 3, 3)]).toEqual([[2, 4, 4], 1.5]);
    }
  },
);

test('SP-05 arrays of a circular workspace stay usable after its close', () => {
  const conf = { initialSize: 50 * 2 ** 20, policyAllocation: 'STRICT', policyReset: 'ENDOFBUFFER_REACHED' };
  const arrays: NDArray[] = [];
  for (let i = 0; i < 10; i++) {
    using _ws = enter(conf, 'RING');
    arrays.push(zeros('FLOAT', 1000).assign(1));
  }
  for (const array of arrays) expect([array.isAttached(), array.meanNumber()]).toEqual([true, 1]);
});
