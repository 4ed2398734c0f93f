// The gradients of NDMath and NDLinalg against central differences of their forward methods.

import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';

let state = 1;
function random(): number {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
}

function doubles(shape: readonly number[], from = -2, to = 2): INDArray {
  const x = Nd4j.zeros('DOUBLE', shape);
  for (let i = 0; i < x.length(); i++) x.putScalar(i, from + random() * (to - from));
  return x;
}

/** Σ weights · f(arrays) differentiated by each element of arrays[which], against the gradient given. */
function check(
  f: (...arrays: INDArray[]) => INDArray,
  arrays: INDArray[],
  bp: (weights: INDArray) => INDArray[],
): void {
  const weights = doubles(f(...arrays).shape());
  const score = (): number =>
    f(...arrays)
      .mul(weights)
      .sumNumber();
  const gradients = bp(weights);
  expect(gradients).toHaveLength(arrays.length);
  arrays.forEach((array, which) => {
    const gradient = (gradients[which] as INDArray).dup('c');
    expect(gradient.shape()).toEqual(array.shape());
    for (let i = 0; i < array.length(); i++) {
      const kept = array.getDouble(i);
      array.putScalar(i, kept + 1e-6);
      const above = score();
      array.putScalar(i, kept - 1e-6);
      const below = score();
      array.putScalar(i, kept);
      expect(gradient.getDouble(i)).toBeCloseTo((above - below) / 2e-6, 5);
    }
  });
}

const math = Nd4j.math();

describe('gradients of reductions', () => {
  const rows = {
    sum: [math.sum, math.sumBp],
    mean: [math.mean, math.meanBp],
    reduceMax: [math.reduceMax, math.reduceMaxBp],
    reduceMin: [math.reduceMin, math.reduceMinBp],
    prod: [math.prod, math.prodBp],
    norm1: [math.norm1, math.norm1Bp],
    norm2: [math.norm2, math.norm2Bp],
    normMax: [math.normMax, math.normMaxBp],
    squaredNorm: [math.squaredNorm, math.squaredNormBp],
  } as const;
  for (const [name, [forward, backward]] of Object.entries(rows)) {
    for (const [shape, dimensions] of [
      [[3, 4], [1]],
      [
        [2, 3, 4],
        [0, 2],
      ],
      [[5], []],
    ] as const) {
      for (const keepDims of [false, true]) {
        test(`${name}Bp() is the slope of ${name}() of [${shape}] along [${dimensions}]${keepDims ? ' with keepDims' : ''}`, () => {
          const x = doubles(shape);
          check(
            (each) => forward(each, keepDims, ...dimensions),
            [x],
            (weights) => [backward(x, weights, keepDims, ...dimensions)],
          );
        });
      }
    }
  }

  for (const biasCorrected of [false, true]) {
    test(`varianceBp() and standardDeviationBp() are slopes, bias ${biasCorrected ? '' : 'not '}corrected`, () => {
      const x = doubles([3, 4]);
      check(
        (each) => each.var(biasCorrected, 1),
        [x],
        (weights) => [math.varianceBp(x, weights, biasCorrected, false, 1)],
      );
      check(
        (each) => each.std(biasCorrected, 0),
        [x],
        (weights) => [math.standardDeviationBp(x, weights, biasCorrected, false, 0)],
      );
    });
  }

  test('prodBp() is the product of the others where elements are 0', () => {
    const x = Nd4j.create([0, 2, 3, 0]).castTo('DOUBLE');
    expect(
      math
        .prodBp(x.reshape(2, 2), Nd4j.ones('DOUBLE', 2), 1)
        .toDoubleMatrix()
        .map((row) => [...row]),
    ).toEqual([
      [2, 0],
      [0, 3],
    ]);
  });
});

describe('gradients of arithmetic with broadcasting', () => {
  const names = ['add', 'sub', 'mul', 'div', 'rsub', 'rdiv', 'pow', 'squaredDifference', 'max', 'min'] as const;
  for (const name of names) {
    for (const [a, b] of [
      [
        [3, 4],
        [3, 4],
      ],
      [[3, 4], [4]],
      [
        [3, 1],
        [1, 4],
      ],
      [[], [2, 3]],
      [[2, 3, 2], []],
    ] as const) {
      test(`${name}Bp() is the slope of ${name}() of [${a}] and [${b}]`, () => {
        const x = doubles(a, 0.5, 2);
        const y = doubles(b, 0.5, 2);
        check(
          (left, right) => math[name](left as INDArray, right as INDArray),
          [x, y],
          (weights) => math[`${name}Bp`](x, y, weights),
        );
      });
    }
  }
});

describe('other gradients', () => {
  for (const dimensions of [[], [1], [0]]) {
    test(`clipByNormBp() is the slope of clipByNorm() along [${dimensions}]`, () => {
      const x = doubles([3, 4]);
      check(
        (each) => math.clipByNorm(each, 1.5, ...dimensions),
        [x],
        (weights) => [math.clipByNormBp(x, weights, 1.5, ...dimensions)],
      );
    });
  }

  test('cumsumBp() is the slope of cumsum()', () => {
    const x = doubles([3, 4]);
    check(
      (each) => each.cumsum(1),
      [x],
      (weights) => [math.cumsumBp(x, weights, false, false, 1)],
    );
  });

  for (const flags of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const [ta, tb, tr] = [(flags & 1) > 0, (flags & 2) > 0, (flags & 4) > 0];
    test(`mmulBp() is the slope of mmul() transposed ${ta}, ${tb}, ${tr}`, () => {
      for (const lead of [[], [2]]) {
        const a = doubles([...lead, ...(ta ? [3, 2] : [2, 3])]);
        const b = doubles([...lead, ...(tb ? [4, 3] : [3, 4])]);
        const linalg = Nd4j.linalg();
        check(
          (left, right) => linalg.mmul(left as INDArray, right as INDArray, ta, tb, tr),
          [a, b],
          (weights) => linalg.mmulBp(a, b, weights, ta, tb, tr),
        );
      }
    });
  }

  test('a gradient of another shape or type is refused', () => {
    const x = doubles([3, 4]);
    expect(() => math.sumBp(x, doubles([4]), 1)).toThrow(
      /gradient of shape \[4\]: needed is that of the result, \[3\]/,
    );
    expect(() => math.addBp(x, x, doubles([4]))).toThrow(/\[3, 4\]/);
    expect(() => math.sumBp(x, Nd4j.ones(3), 1)).toThrow(/same type/);
    expect(() => math.mulBp(x, doubles([3]), x)).toThrow(/not broadcastable/);
    expect(() => math.sumBp(x.castTo('INT'), Nd4j.ones('INT', 3), 1)).toThrow(/floating/);
  });
});
