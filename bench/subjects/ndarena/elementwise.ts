import { type INDArray, Nd4j, Transforms } from 'ndarena';
import type { Maker } from '../../harness/subject.ts';
import { FACTOR, type UnaryParameters } from '../../tasks/elementwise.ts';
import { firstOf, operation } from './namespaces.ts';
import { inWorkspace, toNumbers } from './workspace.ts';

type Unary = (x: INDArray) => INDArray;

function gelu(): Unary {
  const call = operation('nn', 'gelu');
  return (x) => firstOf(call(x));
}

const UNARY: Readonly<Record<UnaryParameters['function'], () => Unary>> = {
  exp: () => (x) => Transforms.exp(x),
  tanh: () => (x) => Transforms.tanh(x),
  sigmoid: () => (x) => Transforms.sigmoid(x),
  log: () => (x) => Transforms.log(x),
  erf: () => (x) => Transforms.erf(x),
  gelu,
  relu: () => (x) => Transforms.relu(x),
  copy: () => (x) => x.dup(),
};

export const unary: Maker<'unary'> = ({ function: name, shape }, inputs) => {
  const call = UNARY[name]();
  const x = Nd4j.create(inputs.x as Float32Array, [...shape]);
  return inWorkspace(() => call(x), [x]);
};

export const softmax: Maker<'softmax'> = ({ rows, columns }, inputs) => {
  const x = Nd4j.create(inputs.x as Float32Array, [rows, columns]);
  return inWorkspace(() => Transforms.softmax(x), [x]);
};

export const binary: Maker<'binary'> = ({ operation: name, left, right }, inputs) => {
  const x = Nd4j.create(inputs.x as Float32Array, [...left]);
  const y = Nd4j.create(inputs.y as Float32Array, [...right]);
  if (name === 'axpy') {
    const { axpy } = Nd4j.getBlasWrapper();
    return {
      run: () => axpy(FACTOR, x, y),
      result: () => toNumbers(axpy(FACTOR, x, y)),
      dispose: () => {
        x.close();
        y.close();
      },
    };
  }
  return inWorkspace(name === 'add' ? () => x.add(y) : () => x.mul(y), [x, y]);
};
