// From arrays to JavaScript.

import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

describe('toArray()', () => {
  test('nests as deep as the rank, in c order whatever the layout', () => {
    expect(Nd4j.scalar(3).toArray()).toBe(3);
    expect(Nd4j.arange(3).toArray()).toEqual([0, 1, 2]);
    expect(Nd4j.arange(6).reshape(3, 2).transpose().toArray()).toEqual([
      [0, 2, 4],
      [1, 3, 5],
    ]);
    expect(Nd4j.zeros(2, 0).toArray()).toEqual([[], []]);
    expect(Nd4j.empty().toArray()).toEqual([]);
  });

  test('gives booleans for BOOL and numbers for 64-bit integers', () => {
    expect(Nd4j.create([[true], [false]]).toArray()).toEqual([[true], [false]]);
    expect(Nd4j.create([5n, -7n]).toArray()).toEqual([5, -7]);
  });

  test('round-trips through create', () => {
    for (const data of [
      [1, 2],
      [[1], [2]],
      [[[1, 2]], [[3, 4]]],
    ])
      expect(Nd4j.create(data).toArray()).toEqual(data);
  });
});

describe('the vectors and matrices', () => {
  const x = Nd4j.create([
    [1.5, -2.5],
    [3, 4],
  ]);

  test('are typed arrays in c order', () => {
    expect(x.getColumn(0).toDoubleVector()).toEqual(new Float64Array([1.5, 3]));
    expect(x.getColumn(1).toFloatVector()).toEqual(new Float32Array([-2.5, 4]));
    expect(x.getRow(0).toIntVector()).toEqual(new Int32Array([1, -2]));
    expect(x.getRow(0).toLongVector()).toEqual([1, -2]);
    expect(x.getRow(1).toBigIntVector()).toEqual(new BigInt64Array([3n, 4n]));
    expect(Nd4j.create([2n ** 40n]).toLongVector()).toEqual([2 ** 40]);
    expect(x.transpose().toDoubleMatrix()).toEqual([new Float64Array([1.5, 3]), new Float64Array([-2.5, 4])]);
    expect(x.toFloatMatrix()[1]).toEqual(new Float32Array([3, 4]));
    expect(x.toIntMatrix()[0]).toEqual(new Int32Array([1, -2]));
    expect(x.toLongMatrix()).toEqual([
      [1, -2],
      [3, 4],
    ]);
    expect(Nd4j.scalar(2).toDoubleVector()).toEqual(new Float64Array([2]));
  });

  test('are copies', () => {
    const vector = x.getRow(0).toDoubleVector();
    vector[0] = 9;
    expect(x.getDouble(0)).toBe(1.5);
  });

  test('refuse other ranks', () => {
    expect(() => x.toDoubleVector()).toThrow('Unable to create a 1d array from a non vector!');
    expect(() => Nd4j.zeros(2).toDoubleMatrix()).toThrow('Unable to create a 2d array from a non matrix!');
  });

  test('leave no memory behind', () => {
    const before = Nd4j.getMemoryManager().getMemoryUse().detachedBlocks;
    x.transpose().toDoubleMatrix();
    x.toArray();
    expect(() => x.toIntVector()).toThrow();
    expect(Nd4j.getMemoryManager().getMemoryUse().detachedBlocks).toBe(before);
  });
});

describe('toTypedArray()', () => {
  test("has the array's own type", () => {
    expect(Nd4j.create([1, 2], 'INT').toTypedArray()).toEqual(new Int32Array([1, 2]));
    expect(Nd4j.create([1, 2], 'HALF').toTypedArray()).toEqual(new Float32Array([1, 2]));
    expect(Nd4j.create([1n]).toTypedArray()).toEqual(new BigInt64Array([1n]));
    expect(Nd4j.arange(4).reshape(2, 2).transpose().toTypedArray()).toEqual(new Float32Array([0, 2, 1, 3]));
  });
});

describe('data()', () => {
  test('is the buffer in storage order, shared by all views', () => {
    const x = Nd4j.arange(4).reshape(2, 2).dup('f');
    expect(x.data().asDouble()).toEqual(new Float64Array([0, 2, 1, 3]));
    expect(x.getRow(1).data()).toBe(x.data());
    expect(x.data().asFloat()).toEqual(new Float32Array([0, 2, 1, 3]));
    expect(x.data().asInt()).toEqual(new Int32Array([0, 2, 1, 3]));
    expect(Nd4j.create([1.9, -1.9]).data().asLong()).toEqual(new BigInt64Array([1n, -1n]));
    expect(x.data().put(3, 9).getDouble(3)).toBe(9);
    expect(x.getDouble(1, 1)).toBe(9);
    expect(() => x.data().getDouble(4)).toThrow(RangeError);
  });

  test('refuses closed memory', () => {
    const x = Nd4j.zeros(2);
    x.close();
    expect(() => x.data().asDouble()).toThrow('Op [data]');
  });
});

describe('JSON and console', () => {
  test('toJSON() gives type, shape and nested elements', () => {
    expect(JSON.parse(JSON.stringify({ x: Nd4j.create([[1, 2]]) }))).toEqual({
      x: { dataType: 'FLOAT', shape: [1, 2], data: [[1, 2]] },
    });
  });

  test('console.log shows type, shape and elements', () => {
    expect(inspect(Nd4j.create([1, 2]))).toBe('INDArray FLOAT [2]\n[    1.0000,    2.0000]');
  });

  test('an array that may no longer be read says so instead of throwing', () => {
    const x = Nd4j.zeros(2);
    x.close();
    expect(`${x}`).toBe('(array of shape [2], FLOAT, whose memory is no longer its own)');
    expect(inspect(x)).toContain('no longer its own');
  });
});
