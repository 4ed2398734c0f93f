import { type INDArray, Nd4j } from 'ndarena';
import type { Maker } from '../../harness/subject.ts';
import type { Reduction } from '../../tasks/reduce.ts';
import { inWorkspace } from './workspace.ts';

const REDUCTIONS: Readonly<Record<Reduction, (x: INDArray, ...dimensions: number[]) => INDArray>> = {
  sum: (x, ...dimensions) => x.sum(...dimensions),
  mean: (x, ...dimensions) => x.mean(...dimensions),
  max: (x, ...dimensions) => x.max(...dimensions),
  norm2: (x, ...dimensions) => x.norm2(...dimensions),
  argMax: (x, ...dimensions) => x.argMax(...dimensions),
  variance: (x, ...dimensions) => x.var(false, ...dimensions),
};

export const reduce: Maker<'reduce'> = ({ reduction, rows, columns, dimension }, inputs) => {
  const x = Nd4j.create(inputs.x as Float32Array, [rows, columns]);
  const call = REDUCTIONS[reduction];
  return inWorkspace(dimension === undefined ? () => call(x) : () => call(x, dimension), [x]);
};
