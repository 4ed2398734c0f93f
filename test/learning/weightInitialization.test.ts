import { describe, expect, test } from 'vitest';
import type { Order } from '../../src/core/geometry.ts';
import {
  BinomialDistribution,
  ConstantDistribution,
  OrthogonalDistribution,
} from '../../src/learning/distributions.ts';
import {
  type IWeightInit,
  WeightInitDistribution,
  WeightInitIdentity,
  WeightInitVarScalingNormalFanAvg,
  WeightInitVarScalingUniformFanOut,
  WeightInitXavier,
} from '../../src/learning/weightInit.ts';
import { initializeWeights, sampleDistribution } from '../../src/learning/weightInitialization.ts';
import { NativeRandom } from '../../src/ops/random.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, release, strayWrites, valuesOf } from '../support/views.ts';

/** Weights drawn with seed 7, fan-in 16 and fan-out 25, as they lie in memory. */
function drawn(scheme: IWeightInit, shape: number[], order: Order = 'f'): number[] {
  const length = shape.reduce((product, size) => product * size, 1);
  const view = emptyOf('DOUBLE', [length]);
  initializeWeights(scheme, { view, shape, order, fanIn: 16, fanOut: 25 }, new NativeRandom(7));
  expect(strayWrites(view)).toEqual([]);
  const values = valuesOf(view);
  release(view);
  return values;
}

describe('initializeWeights()', () => {
  test('multiplies the variance by the scale of a scheme (values of DL4J)', () => {
    expectClose(
      drawn(new WeightInitVarScalingNormalFanAvg(4), [3, 3]).slice(0, 4),
      [-0.7175467384577588, 0.3789857533119381, 2.2250738585072014e-308, 0.22152962929897407],
      { rel: 1e-13 },
    );
    expectClose(
      drawn(new WeightInitVarScalingUniformFanOut(4), [3, 3]).slice(0, 3),
      [-1.9476579666137694, 0.8503086090087892, -2.288316535949707],
      { rel: 1e-15 },
    );
  });

  test('writes the same numbers whatever order the weights are viewed in', () => {
    expect(drawn(new WeightInitXavier(), [4, 3], 'c')).toEqual(drawn(new WeightInitXavier(), [3, 4], 'f'));
  });

  test('makes an identity of matrices and of kernels of odd size', () => {
    expect(drawn(new WeightInitIdentity(4), [2, 2])).toEqual([4, 0, 0, 4]);
    expect(drawn(new WeightInitIdentity(), [2, 2, 3, 1], 'c')).toEqual([0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0]);
  });

  test('refuses an identity of other shapes', () => {
    expect(() => drawn(new WeightInitIdentity(), [2, 3])).toThrow(
      'Cannot use IDENTITY init with parameters of shape [2, 3]: weights must be a square matrix for identity',
    );
    expect(() => drawn(new WeightInitIdentity(), [2, 2, 2, 3])).toThrow(
      'Cannot use IDENTITY init with parameters of shape [2, 2, 2, 3]! Must have odd sized kernels!',
    );
  });

  test.each([[[5, 5]], [[7, 3]], [[3, 7]], [[2, 3, 4]]])(
    'makes rows or columns of %j orthonormal times gain',
    (shape) => {
      const columns = shape.at(-1) as number;
      const rows = shape.slice(0, -1).reduce((product, size) => product * size, 1);
      const flat = drawn(new WeightInitDistribution(new OrthogonalDistribution(2)), shape, 'c');
      const at = (row: number, column: number): number => flat[row * columns + column] as number;
      const [count, size] = rows >= columns ? [columns, rows] : [rows, columns];
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < count; j++) {
          let dot = 0;
          for (let k = 0; k < size; k++) dot += rows >= columns ? at(k, i) * at(k, j) : at(i, k) * at(j, k);
          expect(Math.abs(dot - (i === j ? 4 : 0))).toBeLessThan(1e-14);
        }
      }
    },
  );
});

test('sampleDistribution() fills an array from a distribution', () => {
  const out = emptyOf('FLOAT', [100]);
  sampleDistribution(new ConstantDistribution(0.5), out);
  expect(new Set(valuesOf(out))).toEqual(new Set([0.5]));
  sampleDistribution(new BinomialDistribution(3, 0.5), out, new NativeRandom(1));
  expect(new Set(valuesOf(out))).toEqual(new Set([0, 1, 2, 3]));
  release(out);
});
