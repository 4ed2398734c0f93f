import { Cannot } from '../../harness/subject.ts';
import type { BinaryParameters, SoftmaxParameters, UnaryParameters } from '../../tasks/elementwise.ts';
import { lengthOf } from '../../tasks/inputs.ts';
import type { Inputs } from '../../tasks/tasks.ts';
import type { OperatorCase } from './operator.ts';

const UNARY: Readonly<Partial<Record<UnaryParameters['function'], string>>> = {
  exp: 'Exp',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  log: 'Log',
  erf: 'Erf',
  gelu: 'Gelu',
  relu: 'Relu',
};

export function unary({ function: name, shape }: UnaryParameters, inputs: Inputs): OperatorCase {
  const type = UNARY[name];
  if (type === undefined) throw new Cannot('Identity copies nothing');
  return {
    operator: { type, inputs: [{ name: 'x', shape }], rank: shape.length },
    feeds: inputs,
    operations: 2 * lengthOf(shape),
  };
}

export function softmax({ rows, columns }: SoftmaxParameters, inputs: Inputs): OperatorCase {
  const x = { name: 'x', shape: [rows, columns] };
  return {
    operator: { type: 'Softmax', inputs: [x], rank: 2, attributes: { axis: 1 } },
    feeds: inputs,
    operations: 4 * rows * columns,
  };
}

export function binary({ operation, left, right }: BinaryParameters, inputs: Inputs): OperatorCase {
  if (operation === 'axpy') throw new Cannot('onnxruntime has no axpy');
  const operands = [
    { name: 'x', shape: left },
    { name: 'y', shape: right },
  ];
  return {
    operator: { type: operation === 'add' ? 'Add' : 'Mul', inputs: operands, rank: left.length },
    feeds: inputs,
    operations: 2 * Math.max(lengthOf(left), lengthOf(right)),
  };
}
