import { lengthOf } from '../../tasks/inputs.ts';
import type { PermuteParameters } from '../../tasks/permute.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import type { OperatorCase } from './operator.ts';

export function permute({ shape, order }: PermuteParameters, inputs: Inputs): OperatorCase {
  const x = { name: 'x', shape };
  return {
    operator: { type: 'Transpose', inputs: [x], rank: shape.length, attributes: { perm: order } },
    feeds: inputs,
    operations: 4 * lengthOf(shape),
  };
}
