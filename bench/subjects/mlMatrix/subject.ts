// ml-matrix: float64 matrices in plain JavaScript, garbage collected.

import { Matrix } from 'ml-matrix';
import { Cannot, type Maker, type Prepared, type Subject } from '../../harness/subject.ts';
import type { Reduction } from '../../tasks/reduce.ts';

/** Above this a call takes a good part of a second or more. */
const MOST_OPERATIONS = 100e6;

const matrix = (values: ArrayLike<number>, rows: number, columns: number): Matrix =>
  Matrix.from1DArray(rows, columns, Array.from(values));
const made = (run: () => Matrix): Prepared => ({ run, result: () => run().to1DArray() });

const matmul: Maker<'matmul'> = ({ m, k, n, transposeA, transposeB, orderA, orderB }, inputs) => {
  if (orderA === 'f' || orderB === 'f') throw new Cannot("ml-matrix has no 'f' order");
  if (2 * m * k * n > MOST_OPERATIONS) throw new Cannot('left out: a call takes seconds');
  const a = matrix(inputs.a as Float32Array, transposeA ? k : m, transposeA ? m : k);
  const b = matrix(inputs.b as Float32Array, transposeB ? n : k, transposeB ? k : n);
  return made(() => (transposeA ? a.transpose() : a).mmul(transposeB ? b.transpose() : b));
};

const unary: Maker<'unary'> = ({ function: name, shape }, inputs) => {
  const x = matrix(inputs.x as Float32Array, shape[0] as number, shape[1] as number);
  const calls: Partial<Record<typeof name, () => Matrix>> = {
    exp: () => Matrix.exp(x),
    tanh: () => Matrix.tanh(x),
    log: () => Matrix.log(x),
    copy: () => x.clone(),
  };
  const call = calls[name];
  if (call === undefined) throw new Cannot(`ml-matrix has no ${name}`);
  return made(call);
};

const binary: Maker<'binary'> = ({ operation, left, right }, inputs) => {
  if (operation === 'axpy' || left.some((size, d) => size !== right[d])) throw new Cannot('has no such operation');
  const x = matrix(inputs.x as Float32Array, left[0] as number, left[1] as number);
  const y = matrix(inputs.y as Float32Array, left[0] as number, left[1] as number);
  return made(() => (operation === 'add' ? Matrix.add(x, y) : Matrix.mul(x, y)));
};

const reduce: Maker<'reduce'> = ({ reduction, rows, columns, dimension }, inputs) => {
  const x = matrix(inputs.x as Float32Array, rows, columns);
  const by = dimension === 1 ? 'row' : 'column';
  const isAll = dimension === undefined;
  const calls: Partial<Record<Reduction, () => number | number[]>> = {
    sum: () => (isAll ? x.sum() : x.sum(by)),
    mean: () => (isAll ? x.mean() : x.mean(by)),
    max: () => (isAll ? x.max() : x.max(by)),
    variance: () => (isAll ? x.variance({ unbiased: false }) : x.variance(by, { unbiased: false })),
  };
  const call = calls[reduction];
  if (call === undefined) throw new Cannot(`ml-matrix has no ${reduction}`);
  return { run: call, result: () => [call()].flat() };
};

const permute: Maker<'permute'> = ({ shape }, inputs) => {
  if (shape.length !== 2) throw new Cannot('ml-matrix has matrices only');
  const x = matrix(inputs.x as Float32Array, shape[0] as number, shape[1] as number);
  return made(() => x.transpose());
};

export const subject: Subject = {
  start: async () => ({ mode: 'plain JavaScript, float64' }),
  makers: { matmul, unary, binary, reduce, permute },
};
