// Arrays laid out anew.

import { type Asked, type Case, row, type TimedSuite } from '../harness/suite.ts';

const HALF_OF_COPY: readonly Asked[] = [{ measure: '% of copy', atLeast: 50 }];

const permuted = (name: string, shape: readonly number[], order: readonly number[]): Case =>
  row({ name, task: 'permute', parameters: { shape, order }, measure: 'GB/s', asked: HALF_OF_COPY });

export const layout: TimedSuite = {
  name: 'layout',
  title: 'Transposes',
  cases: [
    permuted('transpose of 1000×1000', [1000, 1000], [1, 0]),
    permuted('permute [0, 2, 3, 1] of [8, 64, 56, 56]', [8, 64, 56, 56], [0, 2, 3, 1]),
    permuted('permute [0, 3, 1, 2] of [8, 56, 56, 64]', [8, 56, 56, 64], [0, 3, 1, 2]),
  ],
};
