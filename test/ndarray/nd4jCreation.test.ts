// Factories: what becomes of shapes, data and types, and what is refused.

import { afterEach, describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

afterEach(() => Nd4j.setDefaultDataTypes('FLOAT', 'FLOAT'));

/** Blocks outside workspaces: the same before and after what must not leak. */
const blocks = (): number => Nd4j.getMemoryManager().getMemoryUse().detachedBlocks;

describe('create()', () => {
  test('of numbers makes zeros of that shape', () => {
    expect(Nd4j.create(2, 3).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(Nd4j.create('INT', 2).shapeInfoToString()).toContain('INT');
    expect(Nd4j.create([2, 2], 'f').ordering()).toBe('f');
  });

  test.each<[string, Parameters<typeof Nd4j.create>[0], DataType]>([
    ['numbers', [1, 2] as never, 'FLOAT'],
    ['booleans', [true, false] as never, 'BOOL'],
    ['bigints', [1n, 2n] as never, 'LONG'],
    ['a Float32Array', new Float32Array([1, 2]) as never, 'FLOAT'],
    ['a Float64Array', new Float64Array([1, 2]) as never, 'DOUBLE'],
    ['an Int32Array', new Int32Array([1, 2]) as never, 'INT'],
    ['a BigInt64Array', new BigInt64Array([1n, 2n]) as never, 'LONG'],
    ['an Int16Array', new Int16Array([1, 2]) as never, 'SHORT'],
    ['an Int8Array', new Int8Array([1, 2]) as never, 'BYTE'],
    ['a Uint8Array', new Uint8Array([1, 2]) as never, 'UBYTE'],
    ['a Uint8ClampedArray', new Uint8ClampedArray([1, 2]) as never, 'UBYTE'],
    ['a Uint16Array', new Uint16Array([1, 2]) as never, 'UINT16'],
    ['a Uint32Array', new Uint32Array([1, 2]) as never, 'UINT32'],
    ['a BigUint64Array', new BigUint64Array([1n, 2n]) as never, 'UINT64'],
    ['rows of Float64Arrays', [new Float64Array([1]), new Float64Array([2])] as never, 'DOUBLE'],
    ['a Set', new Set([1, 2]) as never, 'FLOAT'],
  ])('of %s has their type', (_, data, type) => {
    const x = Nd4j.create(data as never);
    expect(x.dataType()).toBe(type);
    expect([x.getDouble(0), x.length()]).toEqual([1, 2]);
  });

  test('copies the data', () => {
    const data = new Float32Array([1, 2]);
    const x = Nd4j.create(data);
    data[0] = 9;
    expect(x.getDouble(0)).toBe(1);
  });

  test('takes another type, a shape and an order', () => {
    expect(Nd4j.create([1.7, -2.9], 'INT').toArray()).toEqual([1, -2]);
    expect(Nd4j.create(new Int32Array([1, 0]), 'BOOL').toArray()).toEqual([true, false]);
    expect(Nd4j.create(new Float64Array([0.5, 1.5]), 'HALF').toArray()).toEqual([0.5, 1.5]);
    expect(Nd4j.create([1n, 2n], 'FLOAT').toArray()).toEqual([1, 2]);
    expect(Nd4j.create([1, 2, 3, 4], [2, 2], 'f').toArray()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    const nested = Nd4j.create(
      [
        [1, 2],
        [3, 4],
      ],
      'f',
    );
    expect([nested.ordering(), nested.getDouble(0, 1)]).toEqual(['f', 2]);
    expect(Nd4j.create([1, 2], [1, 2], 'c', 'LONG').dataType()).toBe('LONG');
  });

  test('makes arrays without elements', () => {
    expect(Nd4j.create([]).shape()).toEqual([0]);
    expect(Nd4j.create([[], []]).shape()).toEqual([2, 0]);
    expect(Nd4j.zeros(3, 0).isEmpty()).toBe(true);
  });

  test('takes numbers of the default floating type', () => {
    Nd4j.setDefaultDataTypes('DOUBLE', 'DOUBLE');
    expect(Nd4j.create([1, 2]).dataType()).toBe('DOUBLE');
    expect(Nd4j.scalar(1).dataType()).toBe('DOUBLE');
    expect(Nd4j.rand(2).dataType()).toBe('DOUBLE');
  });

  test.each<[string, unknown[], RegExp]>([
    ['nothing', [], /needed are sizes, data or a type/],
    ['null', [null], /Cannot create an array of null/],
    ['an object', [{}], /Cannot create an array of object Object/],
    ['an unknown type', ['FLOTA', 2], /Unknown data type "FLOTA": needed is one of FLOAT, DOUBLE/],
    ['a negative size', [2, -1], /Invalid shape \[2, -1\]/],
    ['a size that is no number', [2, '3'], /Invalid shape \[2, "3"\]/],
    ['an absurd size', [1e15], /more than an address can reach/],
    ['ragged rows', [[[1, 2], [3]]], /at depth 1 found 1 elements, needed are arrays of 2 elements/],
    ['a number among rows', [[[1], 2]], /at depth 1 found 2/],
    ['a row among numbers', [[1, [2]]], /found an array, needed are numbers/],
    ['texts', [[1, 'a']], /with the element "a"/],
    ['holes', [[1, undefined]], /with the element undefined/],
    ['a mixture', [[1, true]], /numbers only, as the first element is one/],
    ['arrays', [[Nd4j.zeros(1), Nd4j.zeros(1)]], /Nd4j.stack and Nd4j.concat put arrays together/],
    [
      'too few elements',
      [
        [1, 2, 3],
        [2, 2],
      ],
      /\[2, 2\] doesn't match data length: 3/,
    ],
    ['an unknown order', [[1, 2], [2], 'x'], /Invalid order "x"/],
    ['an unknown type of data', [[1, 2], 'FOO'], /Unknown data type "FOO"/],
  ])('refuses %s and leaves no memory behind', (_, args, message) => {
    const before = blocks();
    expect(() => (Nd4j.create as (...given: unknown[]) => unknown)(...args)).toThrow(message);
    expect(blocks()).toBe(before);
  });
});

describe('zeros(), ones() and createUninitialized()', () => {
  test('take sizes or a shape, a type and an order', () => {
    expect(Nd4j.ones([2], 'c').toArray()).toEqual([1, 1]);
    expect(Nd4j.zeros('LONG', [2, 2], 'f').shapeInfoToString()).toContain('LONG, Offset: 0, Order: f');
    expect(Nd4j.createUninitialized('DOUBLE', 2, 2).shape()).toEqual([2, 2]);
    expect(Nd4j.zeros().rank()).toBe(0);
  });

  test('live in the current workspace, but createUninitializedDetached() does not', () => {
    const manager = Nd4j.getWorkspaceManager();
    const workspace = manager.getAndActivateWorkspace({ initialSize: 10_000 }, 'NDCREATION');
    const inside = Nd4j.zeros(2);
    const outside = Nd4j.createUninitializedDetached(2);
    expect([inside.isAttached(), outside.isAttached()]).toEqual([true, false]);
    workspace.close();
    manager.destroyAllWorkspacesForCurrentThread();
  });
});

describe('createFromArray() and scalar()', () => {
  test('take numbers one by one', () => {
    expect(Nd4j.createFromArray(1, 2, 3).toArray()).toEqual([1, 2, 3]);
    expect(Nd4j.createFromArray(true, false).dataType()).toBe('BOOL');
    expect(Nd4j.createFromArray(1n).dataType()).toBe('LONG');
    expect(Nd4j.createFromArray([[1], [2]], 'INT').toArray()).toEqual([[1], [2]]);
  });

  test('give scalars the type of their value or the one asked for', () => {
    expect([Nd4j.scalar(1), Nd4j.scalar(true), Nd4j.scalar(1n)].map((x) => x.dataType())).toEqual([
      'FLOAT',
      'BOOL',
      'LONG',
    ]);
    expect(Nd4j.scalar('INT', 3.7).toArray()).toBe(3);
    expect(() => Nd4j.scalar('FOO' as DataType, 1)).toThrow('Unknown data type "FOO"');
    expect(() => Nd4j.scalar(undefined as never)).toThrow('Invalid value of a scalar undefined');
  });
});

describe('valueArrayOf()', () => {
  test('takes a shape, a length, or rows and columns', () => {
    expect(Nd4j.valueArrayOf([2], 7, 'INT').toArray()).toEqual([7, 7]);
    expect(Nd4j.valueArrayOf(2, 2.5).toArray()).toEqual([2.5, 2.5]);
    expect(Nd4j.valueArrayOf(1, 2, 3).toArray()).toEqual([[3, 3]]);
    expect(() => Nd4j.valueArrayOf([2], 3, 'BOOL')).toThrow('Only values 0 or 1');
  });
});

describe('arange() and linspace()', () => {
  test('end before the end, and at the end', () => {
    expect(Nd4j.arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
    expect(Nd4j.arange(3, 3).length()).toBe(0);
    expect(Nd4j.arange(0, 3, 1, 'LONG').dataType()).toBe('LONG');
    expect(Nd4j.linspace(0, 1, 3).toArray()).toEqual([0, 0.5, 1]);
    expect(Nd4j.linspace('DOUBLE', 1, 0.5, 3).toArray()).toEqual([1, 1.5, 2]);
    expect(Nd4j.linspace(5, 7, 1).rank()).toBe(0);
  });

  test.each<() => unknown>([
    () => Nd4j.arange(0, 5, 0),
    () => Nd4j.arange(0, Number.NaN),
    () => Nd4j.arange(Infinity),
    () => Nd4j.arange(1e300),
    () => Nd4j.linspace(0, 1, 0),
    () => Nd4j.linspace(0, 1, 2.5),
    () => Nd4j.linspace(0, Infinity, 3),
  ])('refuse what has no end: %s', (make) => {
    expect(make).toThrow(RangeError);
  });
});

describe('eye(), diag() and meshgrid()', () => {
  test('fill diagonals and grids', () => {
    expect(Nd4j.eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(
      Nd4j.diag(
        Nd4j.create([
          [1, 2],
          [3, 4],
        ]).transpose(),
      ).toArray(),
    ).toEqual([1, 4]);
    expect(Nd4j.diag(Nd4j.arange(6).reshape(2, 3).getColumn(1)).toArray()).toEqual([
      [1, 0],
      [0, 4],
    ]);
    expect(Nd4j.meshgrid(Nd4j.arange(2), Nd4j.arange(3)).map((x) => x.shape())).toEqual([
      [3, 2],
      [3, 2],
    ]);
    expect(Nd4j.eye(0).shape()).toEqual([0, 0]);
  });

  test('refuse sizes and shapes that have no diagonal', () => {
    expect(() => Nd4j.eye(-1)).toThrow(RangeError);
    expect(() => Nd4j.diag(Nd4j.zeros(2, 3))).toThrow('needed is a vector or a square matrix');
    expect(() => Nd4j.diag(Nd4j.zeros(2, 2, 2))).toThrow('[2, 2, 2]');
  });
});

describe('createBuffer()', () => {
  test('makes zeros or copies data', () => {
    expect(Nd4j.createBuffer(3).asDouble()).toEqual(new Float64Array(3));
    expect(Nd4j.createBuffer([1, 2], 'INT').dataType()).toBe('INT');
    expect(() => Nd4j.createBuffer(-1)).toThrow(RangeError);
  });
});
