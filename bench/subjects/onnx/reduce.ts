import { Cannot } from '../../harness/subject.ts';
import type { ReduceParameters, Reduction } from '../../tasks/reduce.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import type { Value } from './model.ts';
import type { OperatorCase } from './operator.ts';

const TYPES: Readonly<Partial<Record<Reduction, string>>> = {
  sum: 'ReduceSum',
  mean: 'ReduceMean',
  max: 'ReduceMax',
  norm2: 'ReduceL2',
  argMax: 'ArgMax',
};

export function reduce({ reduction, rows, columns, dimension }: ReduceParameters, inputs: Inputs): OperatorCase {
  const type = TYPES[reduction];
  if (type === undefined) throw new Cannot(`onnxruntime has no operator ${reduction}`);
  const isPosition = reduction === 'argMax';
  // ArgMax has no "all": one long row stands for it.
  const shape = isPosition && dimension === undefined ? [1, rows * columns] : [rows, columns];
  const x: Value = { name: 'x', shape };
  const axes: Value = { name: 'axes', shape: [1], integers: [dimension ?? 0] };
  return {
    operator: {
      type,
      inputs: isPosition || dimension === undefined ? [x] : [x, axes],
      rank: 2,
      attributes: isPosition ? { axis: dimension ?? 1, keepdims: 1 } : { keepdims: 1 },
      hasIntegerResult: isPosition,
    },
    feeds: inputs,
    operations: rows * columns,
  };
}
