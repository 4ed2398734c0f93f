// Arithmetic of arrays with arrays, numbers and vectors, and Broadcast.

import { Broadcast } from '../../../src/ndarray/broadcast.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

type Operation = (...args: never[]) => unknown;
type Method = (other: INDArray | number, result?: INDArray) => INDArray;

const operations: Record<string, Operation> = {
  neg: (x: INDArray) => x.neg(),
  negi: (x: INDArray) => x.negi(),
  'addi overflow': (x: INDArray, y: INDArray) => x.addi(y),
  'muli overflow': (x: INDArray, y: INDArray) => x.muli(y),
};

/** A method of the first argument by name. */
function method(name: string): Operation {
  return (x: INDArray, other: INDArray | number) => (x[name as 'add'] as Method).call(x, other);
}

for (const name of ['add', 'sub', 'mul', 'div', 'rsub', 'rdiv', 'fmod', 'remainder']) {
  for (const each of [name, `${name}i`]) {
    for (const suffix of ['', '(number)', '(integer)', '(array)']) operations[each + suffix] = method(each);
  }
  operations[`${name}(result)`] = (x: INDArray, y: INDArray, result: INDArray) =>
    (x[name as 'add'] as Method).call(x, y, result);
  for (const vector of ['RowVector', 'ColumnVector']) {
    operations[name + vector] = method(name + vector);
    operations[`${name}i${vector}`] = method(`${name}i${vector}`);
  }
}

for (const [name, broadcast] of Object.entries(Broadcast)) {
  operations[`Broadcast.${name}`] = (x: INDArray, y: INDArray, z: INDArray, dimensions: number[]) =>
    broadcast(x, y, z, ...dimensions);
}

export const arithmetic: Family = {
  operations,
  tolerance: { ulp: { HALF: 1, BFLOAT16: 1 } },
};
