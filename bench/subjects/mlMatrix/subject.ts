// ml-matrix: float64 matrices in plain JavaScript, garbage collected.

import { Matrix } from 'ml-matrix';
import { Cannot, type Maker, type Subject } from '../../harness/subject.ts';

/** Above this a call takes most of a second or more. */
const MOST_OPERATIONS = 100e6;

const matrix = (values: ArrayLike<number>, rows: number, columns: number): Matrix =>
  Matrix.from1DArray(rows, columns, Array.from(values));

const matmul: Maker<'matmul'> = ({ m, k, n, transposeA, transposeB, orderA, orderB }, inputs) => {
  if (orderA === 'f' || orderB === 'f') throw new Cannot("ml-matrix has no 'f' order");
  if (2 * m * k * n > MOST_OPERATIONS) throw new Cannot('left out: a call takes seconds');
  const a = matrix(inputs.a as Float32Array, transposeA ? k : m, transposeA ? m : k);
  const b = matrix(inputs.b as Float32Array, transposeB ? n : k, transposeB ? k : n);
  const product = (): Matrix => (transposeA ? a.transpose() : a).mmul(transposeB ? b.transpose() : b);
  return { run: product, result: () => product().to1DArray() };
};

export const subject: Subject = {
  start: async () => ({ mode: 'plain JavaScript, float64' }),
  makers: { matmul },
};
