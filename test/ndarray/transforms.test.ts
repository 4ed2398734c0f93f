import { describe, expect, test } from 'vitest';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { type Transform, Transforms } from '../../src/ndarray/transforms.ts';
import { arrayWith, described, doubles, floats, ints, numbers, random } from '../support/arrays.ts';
import { expectClose } from '../support/close.ts';

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Transforms of one array, in float64. */
const FORMULAS: Record<string, (x: number) => number> = {
  abs: Math.abs,
  neg: (x) => -x,
  ceil: Math.ceil,
  floor: Math.floor,
  round: (x) => Math.sign(x) * Math.floor(Math.abs(x) + 0.5),
  sign: Math.sign,
  step: (x) => Number(x > 0),
  identity: (x) => x,
  timesOneMinus: (x) => x * (1 - x),
  relu: (x) => Math.max(x, 0),
  relu6: (x) => Math.min(Math.max(x, 0), 6),
  leakyRelu: (x) => (x >= 0 ? x : 0.01 * x),
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  reciprocal: (x) => 1 / x,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  sigmoid,
  softPlus: (x) => Math.log(1 + Math.exp(x)),
  softsign: (x) => x / (1 + Math.abs(x)),
  hardTanh: (x) => Math.min(Math.max(x, -1), 1),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  sigmoidDerivative: (x) => sigmoid(x) * (1 - sigmoid(x)),
  tanhDerivative: (x) => 1 - Math.tanh(x) ** 2,
  hardTanhDerivative: (x) => Number(Math.abs(x) <= 1),
  softsignDerivative: (x) => 1 / (1 + Math.abs(x)) ** 2,
  leakyReluDerivative: (x) => (x >= 0 ? 1 : 0.01),
};
const transformOf = (name: string): Transform => Transforms[name as 'exp'];

describe('transforms of one array', () => {
  const x = random([4, 5], 1, { order: 'f' }).muli(3);

  test('agree with float64 within 1e-14, keep type and order, copy by default', () => {
    const before = numbers(x);
    for (const [name, formula] of Object.entries(FORMULAS)) {
      const result = transformOf(name)(x);
      expectClose(numbers(result), before.map(formula), { rel: 1e-14, abs: 1e-15 }, name);
      expect([result.ordering(), result.dataType(), result.shape()], name).toEqual(['f', 'DOUBLE', [4, 5]]);
      expect(numbers(x), name).toEqual(before);
    }
  });

  test('work in place with dup = false, through views too', () => {
    for (const [name, formula] of Object.entries(FORMULAS)) {
      if (name === 'leakyReluDerivative') continue;
      const base = random([3, 4], 2);
      const before = numbers(base.transpose());
      const view = base.transpose();
      expect(transformOf(name)(view, false), name).toBe(view);
      expectClose(numbers(base.transpose()), before.map(formula), { rel: 1e-14, abs: 1e-15 }, name);
    }
  });

  test('every function of Transforms with this form is tested here', () => {
    const others =
      /^(softmax|stabilize|pow|max|min|atan2|greater|less|and$|or$|xor|not|isMax|reverse|unitVec|normalize|dot|cosine|all|erf$)|Distance$/;
    expect(
      Object.keys(Transforms)
        .filter((name) => !others.test(name))
        .sort(),
    ).toEqual(Object.keys(FORMULAS).sort());
  });

  test('those of real analysis refuse integers and BOOL by name, the others keep integers', () => {
    const whole = ints([3, -2]);
    for (const name of ['exp', 'log', 'sqrt', 'sigmoid', 'tanh', 'sin', 'softsign', 'elu', 'sigmoidDerivative']) {
      expect(() => transformOf(name)(whole), name).toThrow(/must be one of floating types/);
    }
    expect(described(Transforms.abs(whole))).toEqual(['INT', [2], [3, 2]]);
    expect(described(Transforms.relu(whole))).toEqual(['INT', [2], [3, 0]]);
    expect(() => Transforms.abs(arrayWith('BOOL', [1], [1]))).toThrow(/BOOL/);
    expect(Transforms.exp(random([0, 3])).shape()).toEqual([0, 3]);
  });

  test('leakyRelu and log take a parameter', () => {
    expect(numbers(Transforms.leakyRelu(doubles([-2, 3]), 0.5))).toEqual([-1, 3]);
    expectClose(numbers(Transforms.log(doubles([1, 8]), 2)), [0, 3], { abs: 1e-15 });
    expect(numbers(Transforms.leakyReluDerivative(doubles([-2, 3]), 0.5))).toEqual([0.5, 1]);
  });

  test('erf is odd and reaches 1', () => {
    expectClose(numbers(Transforms.erf(doubles([0, 0.5, -0.5, 9]))), [0, 0.5204998778130465, -0.5204998778130465, 1], {
      abs: 1e-14,
    });
  });
});

describe('softmax', () => {
  test('sums to 1 along the last dimension, is invariant to shifts, and stands large numbers', () => {
    const x = random([2, 3, 4], 1).muli(5);
    const y = Transforms.softmax(x);
    expectClose(numbers(y.sum(2)), new Array(6).fill(1), { abs: 1e-15 });
    expectClose(numbers(Transforms.softmax(x.add(100))), numbers(y), { rel: 1e-12 });
    expectClose(
      numbers(Transforms.softmax(doubles([1000, 1001, -1000]))),
      [1 / (1 + Math.E), Math.E / (1 + Math.E), 0],
      {
        rel: 1e-14,
      },
    );
    expect(Transforms.softmax(x, false)).toBe(x);
    expect(numbers(x)).toEqual(numbers(y));
  });
});

describe('transforms of two operands', () => {
  test('pow, max, min, atan2 with arrays and numbers', () => {
    const x = doubles([2, 3]);
    expect(numbers(Transforms.pow(x, 2))).toEqual([4, 9]);
    expect(numbers(Transforms.pow(x, doubles([3, 0])))).toEqual([8, 1]);
    expect(described(Transforms.pow(ints([4, 9]), 0.5))).toEqual(['INT', [2], [1, 1]]);
    expect(numbers(Transforms.max(x, 2.5))).toEqual([2.5, 3]);
    expect(numbers(Transforms.min(x, doubles([9, 1])))).toEqual([2, 1]);
    expect(Transforms.max(x, 2.5, false)).toBe(x);
    expect(numbers(Transforms.atan2(doubles([1, -1]), doubles([1, 1])))).toEqual([Math.atan2(1, 1), Math.atan2(1, -1)]);
  });

  test('logic gives BOOL; not of another type is x ≠ 0, as in M2.1', () => {
    const a = arrayWith('BOOL', [1, 1, 0, 0], [4]);
    const b = arrayWith('BOOL', [1, 0, 1, 0], [4]);
    expect(described(Transforms.and(a, b))).toEqual(['BOOL', [4], [1, 0, 0, 0]]);
    expect(numbers(Transforms.or(a, b))).toEqual([1, 1, 1, 0]);
    expect(numbers(Transforms.xor(a, b))).toEqual([0, 1, 1, 0]);
    expect(numbers(Transforms.not(a))).toEqual([0, 0, 1, 1]);
    expect(numbers(Transforms.not(doubles([0, 2])))).toEqual([0, 1]);
    expect(numbers(Transforms.or(doubles([0, 2]), doubles([0, 0])))).toEqual([0, 1]);
    expect(numbers(Transforms.greaterThanOrEqual(doubles([1, 2]), doubles([2, 2])))).toEqual([0, 1]);
    expect(numbers(Transforms.lessThanOrEqual(doubles([1, 2]), doubles([2, 1])))).toEqual([1, 0]);
  });

  test('stabilize keeps |k·x| below 3.79297773665', () => {
    expect(numbers(Transforms.stabilize(doubles([-100, 1, 100]), 1))).toEqual([-3.79297773665, 1, 3.79297773665]);
    expect(numbers(Transforms.stabilize(doubles([100]), 2))).toEqual([3.79297773665 / 2]);
  });
});

describe('distances', () => {
  test('between two arrays', () => {
    const x = doubles([1, 2, 3]);
    const y = doubles([1, 1, 4], [1, 3]);
    expectClose([Transforms.cosineSim(x, y)], [15 / Math.sqrt(14 * 18)], { rel: 1e-15 });
    expectClose([Transforms.cosineDistance(x, y)], [1 - 15 / Math.sqrt(14 * 18)], { rel: 1e-14 });
    expect(Transforms.euclideanDistance(x, y)).toBe(Math.SQRT2);
    expect([Transforms.manhattanDistance(x, y), Transforms.hammingDistance(x, y)]).toEqual([2, 2 / 3]);
    expectClose([Transforms.jaccardDistance(x, y)], [1 - 5 / 7], { rel: 1e-15 });
    expect(described(Transforms.dot(ints([1, 2]), ints([3, 4])))).toEqual(['FLOAT', [], [11]]);
    expect(Transforms.cosineSim(doubles([0, 0]), doubles([1, 2]))).toBeNaN();
    expect(() => Transforms.dot(x, doubles([1]))).toThrow(/same number of elements/);
  });

  test('between all vectors of two matrices, in any layout and along either dimension', () => {
    const x = random([3, 4], 1, { order: 'f' });
    const y = random([2, 4], 2);
    const rows = (m: NDArray): NDArray[] => Array.from({ length: m.size(0) }, (_, i) => m.getRow(i));
    for (const [all, one] of [
      [Transforms.allEuclideanDistances, Transforms.euclideanDistance],
      [Transforms.allManhattanDistances, Transforms.manhattanDistance],
      [Transforms.allCosineSimilarities, Transforms.cosineSim],
    ] as const) {
      const expected = rows(x).flatMap((a) => rows(y).map((b) => one(a, b)));
      expect(all(x, y, 1).shape()).toEqual([3, 2]);
      expectClose(numbers(all(x, y)), expected, { rel: 1e-13 });
      expectClose(numbers(all(x.transpose(), y.transpose(), 0)), expected, { rel: 1e-13 });
    }
    expect(() => Transforms.allEuclideanDistances(x, random([2, 3]))).toThrow(/vectors have 4 and 3 elements/);
  });
});

describe('scaling and reversing', () => {
  test('unitVec gives length 1 in place and leaves zeros', () => {
    const x = floats([3, 4], [1, 2]);
    expect(Transforms.unitVec(x)).toBe(x);
    expectClose(numbers(x), [0.6, 0.8], { abs: 1e-7 });
    expect(numbers(Transforms.unitVec(doubles([0, 0])))).toEqual([0, 0]);
    expect(() => Transforms.unitVec(random([2, 2]))).toThrow(/must be a vector. Array has shape: \[2, 2\]/);
  });

  test('normalizeZeroMeanAndUnitVariance works by columns, in place', () => {
    const x = random([50, 3], 1).muli(10).addi(5);
    expect(Transforms.normalizeZeroMeanAndUnitVariance(x)).toBe(x);
    expectClose(numbers(x.mean(0)), [0, 0, 0], { abs: 1e-14 });
    expectClose(numbers(x.std(0)), [1, 1, 1], { abs: 1e-5 });
    expect(numbers(Transforms.normalizeZeroMeanAndUnitVariance(doubles([1, 2], [1, 2])))).toEqual([0, 0]);
    expect(() => Transforms.normalizeZeroMeanAndUnitVariance(random([2, 3, 4]))).toThrow(
      /mismatched|needed is a matrix/,
    );
  });

  test('reverse turns the c order around, whatever the layout', () => {
    const x = doubles([1, 2, 3, 4, 5, 6], [2, 3]);
    expect(numbers(Transforms.reverse(x.dup('f')))).toEqual([6, 5, 4, 3, 2, 1]);
    expect(Transforms.reverse(x, false)).toBe(x);
    expect(numbers(x)).toEqual([6, 5, 4, 3, 2, 1]);
  });
});

describe('isMax', () => {
  test('marks the first largest element of all, in place, in a type, in an array', () => {
    const x = doubles([1, 3, 3, 2]);
    expect(described(Transforms.isMax(x, 'BOOL'))).toEqual(['BOOL', [4], [0, 1, 0, 0]]);
    const out = ints([9, 9, 9, 9]);
    expect(Transforms.isMax(x, out)).toBe(out);
    expect(numbers(out)).toEqual([0, 1, 0, 0]);
    expect(Transforms.isMax(x)).toBe(x);
    expect(numbers(x)).toEqual([0, 1, 0, 0]);
    expect(numbers(Transforms.isMax(doubles([5], [])))).toEqual([1]);
  });

  test('marks one element of every tensor along dimensions, in any layout', () => {
    const x = random([2, 3, 4], 3, { order: 'f' });
    for (const dimensions of [[0], [2], [0, 2], [0, 1, 2]]) {
      const marks = Transforms.isMax(x, 'DOUBLE', ...dimensions);
      expect(new Set(numbers(marks.sum(...dimensions)))).toEqual(new Set([1]));
      expect(numbers(marks.mul(x).sum(...dimensions))).toEqual(numbers(x.max(...dimensions)));
      expect(marks.ordering()).toBe('f');
    }
  });
});
