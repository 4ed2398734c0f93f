import { Cannot } from '../../harness/subject.ts';
import type { DispatchParameters } from '../../tasks/dispatch.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import type { OperatorCase } from './operator.ts';

export function dispatch(
  { operation, shape, chain = 1, memory }: DispatchParameters,
  inputs: Inputs,
  variant: string,
): OperatorCase {
  if (operation !== 'add' || chain > 1 || memory !== undefined) throw new Cannot('has no such mode of calling');
  if (variant !== 'session') throw new Cannot('a bare operator is no call: see the session');
  const inputsOf = ['a', 'b'].map((name) => ({ name, shape }));
  return { operator: { type: 'Add', inputs: inputsOf, rank: shape.length }, feeds: inputs, operations: 1 };
}
