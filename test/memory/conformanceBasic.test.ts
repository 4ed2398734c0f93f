// The rows BW-01 to BW-17 of ND4J's BasicWorkspaceTests, with the numbers of 1.0.0-M2.1: blocks are rounded up to 32 bytes.

import { afterEach, expect, test } from 'vitest';
import { dataTypeInfo } from '../../src/core/dataType.ts';
import { denseGeometry, Geometry } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { basic, current, doubles, enter, loopFirst, loopOver, MB } from '../support/conformance.ts';
import { counting, sumOf } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

test('BW-01 without a workspace arrays work and nothing is current', () => {
  const array = doubles(10);
  array.addi(1);
  expect([sumOf(array), current()]).toEqual([10, null]);
});

test('BW-02 minSize counts when the first loop is learnt', () => {
  const conf = { minSize: MB, overallocationLimit: 1, policyAllocation: 'OVERALLOCATE', policyLearning: 'FIRST_LOOP' };
  for (const size of [0, MB]) {
    using ws = enter(conf, 'WT');
    doubles(100);
    expect(ws.getCurrentSize()).toBe(size);
  }
});

test('BW-03 an array returned from a scope is attached, and nothing is current', () => {
  const make = (): NDArray => {
    using _ext = enter(basic, 'EXT');
    return doubles(10);
  };
  expect(make().isAttached()).toBe(true);
  expect(current()).toBeNull();
});

test('BW-04 an error inside the block leaves nothing current', () => {
  const fail = (): void => {
    using _ext = enter(basic, 'EXT');
    throw new RangeError('inside');
  };
  expect(fail).toThrow(new RangeError('inside'));
  expect(current()).toBeNull();
});

test('BW-05 a view is leveraged by its own elements', () => {
  using _ext = enter(basic, 'EXT');
  let copy: NDArray;
  {
    using _int = enter(basic, 'INT');
    const matrix = doubles(32, 1, 40);
    const view = matrix.viewOf(0, denseGeometry([1, 40]));
    view.assign(1);
    expect([sumOf(matrix), sumOf(view)]).toEqual([40, 40]);
    copy = view.leverageTo('EXT');
    expect(sumOf(copy)).toBe(40);
  }
  expect(sumOf(copy)).toBe(40);
});

test('BW-06 a copy leveraged into a workspace without size is spilled there', () => {
  using ext = enter(loopOver, 'EXT');
  doubles(5);
  expect(ext.getCurrentSize()).toBe(0);
  let copy: NDArray;
  {
    using _int = enter(basic, 'INT');
    const array = counting(5);
    copy = array.leverageTo('EXT');
    expect(sumOf(copy)).toBe(15);
    array.assign(0);
    expect(sumOf(copy)).toBe(15);
  }
  {
    using _int = enter(basic, 'INT');
    doubles(100);
  }
  expect([sumOf(copy), ext.getCurrentSize()]).toEqual([15, 0]);
});

test('BW-07 leverageTo() takes memory of the target', () => {
  using ext = enter(basic, 'EXT');
  doubles(5);
  expect(ext.getCurrentOffset()).toBe(64);
  using _int = enter(basic, 'INT');
  doubles(5).leverageTo('EXT');
  expect(ext.getCurrentOffset()).toBe(128);
});

test('BW-08 scoping out makes detached arrays, and ends', () => {
  using ext = enter(basic, 'EXT');
  const a = counting(5);
  let b: NDArray;
  {
    using _out = memoryManager.scopeOutOfWorkspaces();
    b = counting(5);
  }
  expect([ext.getCurrentOffset(), b.isAttached(), current()]).toEqual([64, false, 'EXT']);
  counting(5);
  expect(ext.getCurrentOffset()).toBe(128);
  a.addi(b);
  expect(sumOf(a)).toBe(30);
});

test('BW-09 leverage() goes to the workspace around the current one', () => {
  using ext = enter(basic, 'EXT');
  using int = enter(basic, 'INT');
  const array = counting(5);
  expect([ext.getCurrentOffset(), int.getCurrentOffset()]).toEqual([0, 64]);
  const copy = array.leverage();
  expect([ext.getCurrentOffset(), int.getCurrentOffset()]).toEqual([64, 64]);
  expect([copy.isAttached(), sumOf(copy)]).toEqual([true, 15]);
});

test('BW-10 a permuted array reshapes without a copy where its strides permit', () => {
  using ws = enter(basic, 'ITER');
  const array = doubles(50 * 64 * 8 * 8).viewOf(0, new Geometry([50, 64, 8, 8], [64, 3200, 8, 1], 'c'));
  const used = ws.getCurrentOffset();
  const permuted = array.permute(1, 0, 2, 3);
  expect([permuted.shape(), permuted.stride()]).toEqual([
    [64, 50, 8, 8],
    [3200, 64, 8, 1],
  ]);
  expect(permuted.reshape(50, 4096).buffer).toBe(array.buffer);
  expect(ws.getCurrentOffset()).toBe(used);
});

test('BW-11 detached creation takes no memory of the workspace', () => {
  using ws = enter(basic, 'ITER');
  const array = counting(5);
  const detached = new NDArray(DataBuffer.allocateDetached(dataTypeInfo('DOUBLE'), 5, false), 0, denseGeometry([5]));
  detached.assign(array);
  expect([ws.getCurrentOffset(), detached.equals(array), detached.isAttached()]).toEqual([64, true, false]);
  const scalar = new NDArray(DataBuffer.allocateDetached(dataTypeInfo('FLOAT'), 1, true), 0, denseGeometry([]));
  expect([scalar.isScalar(), scalar.length(), scalar.data().length, ws.getCurrentOffset()]).toEqual([true, 1, 1, 64]);
});

test('BW-12 detach() copies, takes nothing of the workspace, and survives it', () => {
  let copy: NDArray;
  {
    using ws = enter(basic, 'ITER');
    const array = counting(5);
    expect([array.isAttached(), array.isInScope(), ws.getCurrentOffset()]).toEqual([true, true, 64]);
    copy = array.detach();
    expect([copy.isAttached(), copy.isInScope(), copy === array, ws.getCurrentOffset()]).toEqual([
      false,
      true,
      false,
      64,
    ]);
  }
  expect(sumOf(copy)).toBe(15);
});

test('BW-13 isInScope() follows the workspace of a first-loop workspace', () => {
  let array: NDArray;
  {
    using ws = enter(loopFirst, 'ITER');
    array = doubles(100);
    expect([array.isInScope(), ws.getCurrentSize()]).toEqual([true, 0]);
  }
  {
    using ws = enter(loopFirst, 'ITER');
    array = doubles(100);
    expect([array.isInScope(), ws.getCurrentOffset()]).toEqual([true, 800]);
  }
  expect(array.isInScope()).toBe(false);
});

test('BW-14 isInScope() is true inside and false after', () => {
  const ws = enter(basic, 'ITER');
  const array = doubles(100);
  expect(array.isInScope()).toBe(true);
  ws.close();
  expect(array.isInScope()).toBe(false);
});

test('BW-15 a spilled array is attached all the same', () => {
  enter(loopFirst, 'ITER').run(() => undefined);
  manager.findWorkspace('ITER')?.close();
  {
    using _ws = enter(loopFirst, 'ITER');
    expect(doubles(100).isAttached()).toBe(true);
  }
  expect(doubles(100).isAttached()).toBe(false);
});

test.each([
  ['BW-16', loopFirst],
  ['BW-17', basic],
])('%s leverageTo() leaves a detached array detached', (_, conf) => {
  const array = doubles(100);
  using _ws = enter(conf, 'ITER');
  expect([array.isAttached(), array.leverageTo('ITER').isAttached()]).toEqual([false, false]);
});
