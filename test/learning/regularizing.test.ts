// Penalties and what they add to gradients, and the projections of constraints.

import { describe, expect, test } from 'vitest';
import { constrain } from '../../src/learning/constraining.ts';
import {
  MaxNormConstraint,
  MinMaxNormConstraint,
  NonNegativeConstraint,
  UnitNormConstraint,
} from '../../src/learning/constraints.ts';
import { ExponentialSchedule } from '../../src/learning/decaySchedules.ts';
import { L1Regularization, L2Regularization, WeightDecay } from '../../src/learning/regularization.ts';
import { actsIn, penaltyOf, regularize } from '../../src/learning/regularizing.ts';
import { doubles, numbers, random } from '../support/arrays.ts';

const w = doubles([-2, 0, 0.5, 3]);

describe('penaltyOf()', () => {
  test('is λ Σ|w| for L1 and ½ λ Σw² for L2 and weight decay', () => {
    expect(penaltyOf([new L1Regularization(0.1)], w, 0, 0)).toBeCloseTo(0.55, 14);
    expect(penaltyOf([new L2Regularization(0.2)], w, 0, 0)).toBeCloseTo(0.1 * 13.25, 14);
    expect(penaltyOf([new WeightDecay(0.2, true)], w, 0, 0)).toBeCloseTo(0.1 * 13.25, 14);
    expect(penaltyOf([new L1Regularization(0.1), new L2Regularization(0.2)], w, 0, 0)).toBeCloseTo(0.55 + 1.325, 14);
  });

  test('follows the schedule of a coefficient', () => {
    const list = [new L2Regularization(new ExponentialSchedule('EPOCH', 0.2, 0.5))];
    expect(penaltyOf(list, w, 9, 2)).toBeCloseTo(0.025 * 13.25, 14);
  });
});

describe('regularize()', () => {
  const list = [
    new L1Regularization(0.1),
    new L2Regularization(0.2),
    new WeightDecay(0.5, true),
    new WeightDecay(0.25, false),
  ];

  test('adds λ sign(w) and λ w before the updater', () => {
    const gradient = doubles([1, 1, 1, 1]);
    regularize(list, 'BEFORE_UPDATER', gradient, w, 0, 0, 0.1);
    [1 - 0.1 - 0.4, 1, 1 + 0.1 + 0.1, 1 + 0.1 + 0.6].forEach((value, i) => {
      expect(gradient.getDouble(i)).toBeCloseTo(value, 14);
    });
  });

  test('adds c · rate · w or c · w after it', () => {
    const update = doubles([0, 0, 0, 0]);
    regularize(list, 'POST_UPDATER', update, w, 0, 0, 0.1);
    numbers(w).forEach((value, i) => {
      expect(update.getDouble(i)).toBeCloseTo((0.05 + 0.25) * value, 14);
    });
  });

  test('actsIn() knows the steps of a list', () => {
    expect([
      actsIn(list, 'POST_UPDATER'),
      actsIn(list.slice(0, 2), 'POST_UPDATER'),
      actsIn([], 'BEFORE_UPDATER'),
    ]).toEqual([true, false, false]);
  });
});

describe('constrain()', () => {
  const matrix = () => random([4, 3], 5).mul(3);
  const normsOf = (x: ReturnType<typeof matrix>): number[] => numbers(x.norm2(0));

  test('MaxNorm shortens what is too long, to within its epsilon', () => {
    const x = matrix();
    const before = normsOf(x);
    constrain(new MaxNormConstraint(2, 0), x);
    normsOf(x).forEach((norm, column) => {
      expect(norm).toBeCloseTo(Math.min(2, before[column] as number), 5);
    });
  });

  test('MinMaxNorm lengthens what is too short as well', () => {
    const x = matrix();
    constrain(new MinMaxNormConstraint(4, 4.5, 1, 0), x);
    for (const norm of normsOf(x)) {
      expect(norm).toBeGreaterThan(4 - 1e-4);
      expect(norm).toBeLessThan(4.5 + 1e-4);
    }
  });

  test('UnitNorm makes every norm 1', () => {
    const x = matrix();
    constrain(new UnitNormConstraint(0), x);
    for (const norm of normsOf(x)) expect(norm).toBeCloseTo(1, 12);
  });

  test('NonNegative cuts at 0', () => {
    const x = matrix();
    const expected = numbers(x).map((value) => Math.max(value, 0));
    constrain(new NonNegativeConstraint(), x);
    expect(numbers(x)).toEqual(expected);
  });

  test('norms over all dimensions, and over a dimension that does not exist', () => {
    const x = matrix();
    constrain(new UnitNormConstraint(0, 1), x);
    expect(Math.hypot(...numbers(x))).toBeCloseTo(1, 12);
    expect(() => constrain(new MaxNormConstraint(1, 2), x)).toThrow('Invalid dimension of MaxNormConstraint 2');
  });
});
