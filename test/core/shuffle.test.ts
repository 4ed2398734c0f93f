import { describe, expect, test } from 'vitest';
import { shuffledRows } from '../../src/core/shuffle.ts';
import { goldenFiles } from '../support/golden.ts';

interface Orders {
  steps: { args: { n: number; seed: number }; result: number[] }[];
}

describe('shuffledRows()', () => {
  const file = goldenFiles('data').find(({ name }) => name === 'dataset-shuffle-orders');
  const { steps } = (file?.read() ?? { steps: [] }) as Orders;

  test.each(steps.map(({ args, result }) => [args.n, args.seed, result] as const))(
    'orders %i rows with seed %i as DL4J does',
    (count, seed, order) => expect(shuffledRows(count, seed)).toEqual(order),
  );

  test('is a permutation for any count', () => {
    for (const count of [0, 1, 2, 5, 100, 101]) {
      expect(shuffledRows(count, 9).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, row) => row));
    }
  });
});
