// Operations as objects: which array is the result, and numbers recorded from 1.0.0-M2.1.

import { describe, expect, test } from 'vitest';
import { Conditions } from '../../../src/ndarray/conditions.ts';
import type { CustomOp, Op } from '../../../src/ndarray/execution/executioner.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import * as ops from '../../../src/operations.ts';

const X = (): INDArray =>
  Nd4j.create([
    [1, 2],
    [3, 5],
  ]);
const Y = (): INDArray =>
  Nd4j.create([
    [4, 3],
    [3, 1],
  ]);
const rounded = (x: INDArray): unknown =>
  JSON.parse(JSON.stringify(x.toArray()), (_, v) => (typeof v === 'number' ? Math.round(v * 1e4) / 1e4 : v));
const one = (op: Op): unknown => rounded(Nd4j.exec(op));
const first = (op: CustomOp): unknown => rounded(Nd4j.exec(op)[0] as INDArray);

describe('operations of two arrays', () => {
  test('give a list with z, or with a new array', () => {
    const [x, y, z] = [X(), Y(), Nd4j.zeros(2, 2)];
    expect(Nd4j.exec(new ops.MulOp(x, y, z))[0]).toBe(z);
    expect(rounded(z)).toEqual([
      [4, 6],
      [9, 5],
    ]);
    const [made] = Nd4j.exec(new ops.MulOp(x, y)) as [INDArray];
    expect([x, y].includes(made)).toBe(false);
    expect(made.equals(z)).toBe(true);
    expect(Nd4j.exec(new ops.AddOp([x, y], [x]))[0]).toBe(x);
    expect(rounded(x)).toEqual([
      [5, 5],
      [6, 6],
    ]);
  });

  test.each([
    [
      new ops.SubOp(X(), Y()),
      [
        [-3, -1],
        [0, 4],
      ],
    ],
    [
      new ops.RSubOp(X(), Y()),
      [
        [3, 1],
        [0, -4],
      ],
    ],
    [
      new ops.DivOp(X(), Y()),
      [
        [0.25, 0.6667],
        [1, 5],
      ],
    ],
    [
      new ops.RDivOp(X(), Y()),
      [
        [4, 1.5],
        [1, 0.2],
      ],
    ],
    [
      new ops.SquaredDifferenceOp(X(), Y()),
      [
        [9, 1],
        [0, 16],
      ],
    ],
    [
      new ops.LessThan(X(), Y()),
      [
        [true, true],
        [false, false],
      ],
    ],
    [
      new ops.GreaterThanOrEqual(X(), Y()),
      [
        [false, false],
        [true, true],
      ],
    ],
    [
      new ops.EqualTo(X(), Y()),
      [
        [false, false],
        [true, false],
      ],
    ],
  ])('%# gives the numbers of ND4J', (op, expected) => {
    expect(first(op)).toEqual(expected);
  });

  test('comparisons are BOOL and refuse another z', () => {
    const z = Nd4j.zeros(2, 2);
    expect(() => Nd4j.exec(new ops.LessThan(X(), Y(), z))).toThrow(
      'Cannot less into an array of type FLOAT: the result has type BOOL',
    );
    expect(rounded(z)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('logical operations replace a BOOL x', () => {
    const x = Nd4j.createFromArray([true, false]);
    expect(Nd4j.exec(new ops.Or(x, Nd4j.createFromArray([false, false])))).toBe(x);
    expect(one(new ops.Xor(Nd4j.create([1, 0]), Nd4j.create([1, 1])))).toEqual([false, true]);
  });
});

describe('operations along dimensions', () => {
  test('write z and give it', () => {
    const [x, y, z] = [X(), Nd4j.create([10, 20]), Nd4j.zeros(2, 2)];
    expect(Nd4j.exec(new ops.BroadcastMulOp(x, y, z, 1))).toBe(z);
    expect(rounded(z)).toEqual([
      [10, 40],
      [30, 100],
    ]);
    expect(one(new ops.BroadcastRSubOp(x, y, z, 1))).toEqual([
      [9, 18],
      [7, 15],
    ]);
    expect(one(new ops.BroadcastRDivOp(x, y, null, 1))).toEqual([
      [10, 10],
      [3.3333, 4],
    ]);
    expect(one(new ops.BroadcastCopyOp(x, y, x, 0))).toEqual([
      [10, 10],
      [20, 20],
    ]);
  });
});

describe('functions of the elements', () => {
  test('replace x, or write z', () => {
    const x = X();
    expect(Nd4j.exec(new ops.TimesOneMinus(x))).toBe(x);
    expect(rounded(x)).toEqual([
      [0, -2],
      [-6, -20],
    ]);
    const z = Nd4j.zeros(2, 2);
    expect(Nd4j.exec(new ops.Sigmoid(X(), z))).toBe(z);
    expect(rounded(z)).toEqual([
      [0.7311, 0.8808],
      [0.9526, 0.9933],
    ]);
    const kept = X();
    expect(Nd4j.exec(new ops.Exp(kept, null))).not.toBe(kept);
    expect(rounded(kept)).toEqual(rounded(X()));
  });

  test('refuse integers where they must be floating, and z of another shape', () => {
    expect(() => Nd4j.exec(new ops.Sqrt(Nd4j.createFromArray(new Int32Array([4, 9]))))).toThrow('floating types');
    expect(() => Nd4j.exec(new ops.Exp(X(), Nd4j.zeros(2)))).toThrow('Cannot exp into an array of shape [2]');
    expect(one(new ops.IsNaN(Nd4j.create([1, Number.NaN])))).toEqual([false, true]);
  });
});

describe('operations with a number', () => {
  test('replace x, or write z', () => {
    const x = X();
    expect(Nd4j.exec(new ops.ScalarAdd(x, 5))).toBe(x);
    expect(rounded(x)).toEqual([
      [6, 7],
      [8, 10],
    ]);
    const z = Nd4j.zeros(2, 2);
    expect(Nd4j.exec(new ops.ScalarMultiplication(X(), null, z, 2))).toBe(z);
    expect(rounded(z)).toEqual([
      [2, 4],
      [6, 10],
    ]);
    const powered = X();
    expect(Nd4j.exec(new ops.Pow(powered, 2))).toBe(powered);
    expect(one(new ops.RectifiedLinear(Nd4j.create([-1, 2, 4]), 3))).toEqual([3, 3, 4]);
    expect(one(new ops.LeakyReLU(Nd4j.create([-1, 2]), 0.5))).toEqual([-0.5, 2]);
    expect(one(new ops.ScalarSet(Nd4j.zeros(2, 4).getColumns(0, 2), 7))).toEqual([
      [7, 7],
      [7, 7],
    ]);
    const view = Nd4j.zeros(3, 2).getColumn(1);
    expect(one(new ops.ScalarSet(view, null, 7))).toEqual([7, 7, 7]);
    expect(rounded(view)).toEqual([0, 0, 0]);
    expect(one(new ops.ScalarLessThan(X(), 3))).toEqual([
      [true, true],
      [false, false],
    ]);
  });
});

describe('reductions', () => {
  test.each([
    ['Sum', new ops.Sum(X(), 1), [3, 8]],
    ['Sum of all', new ops.Sum(X()), 11],
    ['Sum, keepDims', new ops.Sum(X(), true, 1), [[3], [8]]],
    ['Mean by a list', new ops.Mean(X(), [1], true), [[1.5], [4]]],
    ['Norm2', new ops.Norm2(X(), 1), [2.2361, 5.831]],
    ['Variance', new ops.Variance(X(), 1), [0.5, 2]],
    ['Variance, corrected', new ops.Variance(X(), true, 1), [0.5, 2]],
    ['Variance, keepDims', new ops.Variance(X(), false, true, 1), [[0.25], [1]]],
    ['StandardDeviation, keepDims', new ops.StandardDeviation(X(), false, true, 1), [[0.5], [1]]],
    ['ASum of INT', new ops.ASum(Nd4j.createFromArray(new Int32Array([-1, 2]))), 3],
    ['CountNonZero', new ops.CountNonZero(X(), 1), [2, 2]],
    ['Any', new ops.Any(X(), 1), [true, true]],
    ['All of BOOL', new ops.All(X().gt(1), 1), [false, true]],
    ['MatchCondition', new ops.MatchCondition(X(), Conditions.greaterThan(2), 1), [0, 2]],
    ['FirstIndex', new ops.FirstIndex(X(), Conditions.greaterThan(1), 1), [1, 0]],
    ['LastIndex', new ops.LastIndex(X(), Conditions.greaterThan(10)), -1],
  ])('%s gives the numbers of ND4J', (_, op, expected) => {
    const result = Nd4j.exec(op);
    expect(result.rank() === 0 ? rounded(result.reshape(1)) : rounded(result)).toEqual(
      result.rank() === 0 ? [expected] : expected,
    );
  });

  test('write z, whose shape must be the result’s', () => {
    const z = Nd4j.zeros(2);
    const op = new ops.Variance(X(), z, false, 1);
    expect(Nd4j.exec(op)).toBe(z);
    expect(op.z()).toBe(z);
    expect(rounded(z)).toEqual([0.25, 1]);
    expect(() => Nd4j.exec(new ops.Sum(X(), Nd4j.zeros(3), 1))).toThrow('Cannot reduce_sum into an array of shape [3]');
  });

  test('places are a list of LONG arrays', () => {
    const [places] = Nd4j.exec(new ops.ArgMax(X(), false, [1])) as [INDArray];
    expect([places.dataType(), rounded(places)]).toEqual(['LONG', [1, 1]]);
    expect(Nd4j.exec(new ops.ArgMin([X()], [], true, 0))[0]?.shape()).toEqual([1, 2]);
  });
});

describe('distances', () => {
  test.each([
    ['along dimensions', new ops.EuclideanDistance(X(), Y(), 1), [3.1623, 4]],
    ['keepDims', new ops.EuclideanDistance(X(), Y(), true, false, 1), [[3.1623], [4]]],
    [
      'all',
      new ops.EuclideanDistance(X(), Y(), true, 1),
      [
        [3.1623, 2.2361],
        [2.2361, 4],
      ],
    ],
    ['to one vector', new ops.EuclideanDistance(X(), Nd4j.create([1, 2]), 1), [0, 3.6056]],
    ['Manhattan', new ops.ManhattanDistance(X(), Y(), 1), [4, 4]],
    ['cosine', new ops.CosineSimilarity(X(), Y(), 1), [0.8944, 0.7593]],
    ['Dot', new ops.Dot(X(), Y(), 1), [10, 14]],
  ])('%s', (_, op, expected) => {
    expect(one(op)).toEqual(expected);
  });

  test('write z', () => {
    const z = Nd4j.zeros(2, 2);
    expect(Nd4j.exec(new ops.EuclideanDistance(X(), Y(), z, false, true, 1))).toBe(z);
    expect(z.getDouble(1, 1)).toBe(4);
  });
});

describe('random operations', () => {
  const seeded = (op: () => Op): unknown => {
    Nd4j.getRandom().setSeed(123);
    return one(op());
  };
  const doubles = (...shape: number[]): INDArray => Nd4j.zeros('DOUBLE', ...shape);
  const gaussian = [
    [3.1814, 1.9708, -0.3771],
    [-1.2583, 2.2447, -0.9366],
  ];

  test('draw the numbers of ND4J for a seed', () => {
    expect(seeded(() => new ops.GaussianDistribution(doubles(2, 3), 1, 2))).toEqual(gaussian);
    expect(seeded(() => new ops.GaussianDistribution(1, 2, 'DOUBLE', 2, 3))).toEqual(gaussian);
    expect(seeded(() => new ops.UniformDistribution(doubles(2, 3), 1, 2))).toEqual([
      [1.2916, 1.7324, 1.4937],
      [1.8722, 1.1446, 1.6516],
    ]);
    expect(seeded(() => new ops.BernoulliDistribution(doubles(2, 3), 0.5))).toEqual([
      [1, 0, 1],
      [0, 1, 0],
    ]);
    expect(seeded(() => new ops.BernoulliDistribution(doubles(3), Nd4j.create([0, 0.5, 1])))).toEqual([0, 0, 1]);
    expect(seeded(() => new ops.LogNormalDistribution(doubles(2), 0, 1))).toEqual([0.8407, 0.2101]);
    expect(seeded(() => new ops.TruncatedNormalDistribution(doubles(2), 0, 1))).toEqual([-0.1735, -1.5603]);
    expect(seeded(() => new ops.BinomialDistribution(doubles(4), 5, 0.5))).toEqual([2, 3, 2, 5]);
  });

  test('drop elements as ND4J does, in x or in z', () => {
    const x = Nd4j.arange(1, 9);
    Nd4j.getRandom().setSeed(123);
    expect(Nd4j.exec(new ops.DropOut(x, 0.5))).toBe(x);
    expect(rounded(x)).toEqual([1, 0, 3, 0, 5, 0, 0, 0]);
    expect(seeded(() => new ops.DropOutInverted(Nd4j.arange(1, 9), Nd4j.zeros(8), 0.25))).toEqual([
      0, 0, 0, 0, 20, 0, 0, 0,
    ]);
    expect(seeded(() => new ops.AlphaDropOut(Nd4j.arange(1, 9), 0.5, 0.9, -1.7, 0.1))).toEqual([
      1, -1.43, 2.8, -1.43, 4.6, -1.43, -1.43, -1.43,
    ]);
    expect(() => new ops.DropOut(x, 0.5, 0.5)).toThrow('needed are 1 numbers');
  });

  test('add an array of means, and draw from a generator that is given', () => {
    Nd4j.getRandom().setSeed(123);
    const noise = Nd4j.randn('DOUBLE', 2);
    const random = Nd4j.getRandomFactory().getNewRandomInstance(123);
    const op = new ops.GaussianDistribution(doubles(2), Nd4j.createFromArray(new Float64Array([10, 20])), 2);
    const result = Nd4j.getExecutioner().exec(op, random);
    expect(result.getDouble(0)).toBeCloseTo(10 + 2 * noise.getDouble(0), 12);
    expect(result.getDouble(1)).toBeCloseTo(20 + 2 * noise.getDouble(1), 12);
  });
});

describe('operations of layers', () => {
  const gain = Nd4j.create([1, 2]);
  const z = Nd4j.zeros(2, 2);

  test('softmax replaces x, or writes z', () => {
    const x = X();
    expect(Nd4j.exec(new ops.SoftMax(x))[0]).toBe(x);
    expect(rounded(x)).toEqual([
      [0.2689, 0.7311],
      [0.1192, 0.8808],
    ]);
    expect(first(new ops.SoftMax(X(), z, 0))).toEqual([
      [0.1192, 0.0474],
      [0.8808, 0.9526],
    ]);
  });

  test('layer normalization and its gradients', () => {
    expect(first(new ops.LayerNorm(X(), gain, Nd4j.create([0, 1]), z, true, 1))).toEqual([
      [-1, 3],
      [-1, 3],
    ]);
    expect(first(new ops.LayerNorm(X(), gain, true, 1))).toEqual([
      [-1, 2],
      [-1, 2],
    ]);
    const x = Nd4j.create([
      [1, 2, 4],
      [3, 5, 1],
    ]);
    const g = Nd4j.create([
      [1, 1, 0],
      [0, 1, 2],
    ]);
    const gains = Nd4j.create([1, 2, 3]);
    const [dx, dGain, dBias] = [Nd4j.zeros(2, 3), Nd4j.zeros(3), Nd4j.zeros(3)];
    const op = new ops.LayerNormBp(x, gains, Nd4j.create([0, 1, 2]), g, dx, dGain, dBias, true, 1);
    expect(Nd4j.exec(op)).toEqual([dx, dGain, dBias]);
    expect([dx, dGain, dBias].map(rounded)).toEqual([
      [
        [-0.4582, 0.6872, -0.2291],
        [-1.633, 0.8165, 0.8165],
      ],
      [-1.069, 0.9575, -2.4495],
      [1, 2, 2],
    ]);
    expect(Nd4j.exec(new ops.LayerNormBp(x, gains, g, dx, dGain, true, 1))).toHaveLength(2);
  });

  test('products, the largest element, repetition', () => {
    expect(first(new ops.Mmul(X(), Y()))).toEqual([
      [10, 5],
      [27, 14],
    ]);
    expect(first(new ops.Mmul(X(), Y(), true, false, false))).toEqual([
      [13, 6],
      [23, 11],
    ]);
    expect(first(new ops.Mmul(X(), X(), 2, 0))).toEqual([
      [14, 24],
      [36, 62],
    ]);
    expect(first(new ops.Mmul(X(), Y(), z, { transposeA: true }))).toEqual([
      [13, 6],
      [23, 11],
    ]);
    expect(() => new ops.Mmul(X(), Y(), 1, 1)).toThrow('beta 1');
    expect(first(new ops.IsMax(X()))).toEqual([
      [false, false],
      [false, true],
    ]);
    expect(first(new ops.IsMax(X(), z, 0))).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect(first(new ops.BroadcastTo(gain, [2, 2], z))).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });
});

describe('operands', () => {
  test('are seen and set by name, and forgotten on demand', () => {
    const [x, y] = [X(), Y()];
    const op = new ops.Sum(x, 1);
    expect([op.opName(), op.x(), op.y(), op.z()]).toEqual(['reduce_sum', x, null, null]);
    op.setX(y);
    Nd4j.exec(op);
    expect(rounded(op.z() as INDArray)).toEqual([7, 4]);
    op.clearArrays();
    expect(() => Nd4j.exec(op)).toThrow('Cannot execute reduce_sum with x null: needed is an array');
    const list = new ops.AddOp(x, y);
    expect([list.numInputArguments(), list.numOutputArguments(), list.getInputArgument(1)]).toEqual([2, 0, y]);
    Nd4j.exec(list);
    expect(list.outputArguments()).toHaveLength(1);
    expect(() => Nd4j.exec(new ops.AddOp(x, 3 as unknown as INDArray))).toThrow('Cannot execute add with x 3');
  });

  test('are checked for leaked memory before anything changes', () => {
    const leaked = Nd4j.getWorkspaceManager().getAndActivateWorkspace('operations');
    const x = X();
    leaked.close();
    const z = Nd4j.zeros(2, 2);
    expect(() => Nd4j.exec(new ops.Exp(x, z))).toThrow('uses leaked workspace pointer from workspace [operations]');
    Nd4j.getWorkspaceManager().destroyWorkspace(leaked);
  });
});
