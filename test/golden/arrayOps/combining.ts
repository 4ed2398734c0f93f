// Arrays put together and taken apart.

import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

export const combining: Family = {
  operations: {
    'Nd4j.concat': (dimension: number, arrays: INDArray[]) => Nd4j.concat(dimension, ...arrays),
    'Nd4j.hstack': (arrays: INDArray[]) => Nd4j.hstack(...arrays),
    'Nd4j.vstack': (arrays: INDArray[]) => Nd4j.vstack(arrays),
    'Nd4j.stack': (dimension: number, arrays: INDArray[]) => Nd4j.stack(dimension, arrays),
    'Nd4j.pile': (arrays: INDArray[]) => Nd4j.pile(...arrays),
    'Nd4j.tear': (x: INDArray, dimension: number) => Nd4j.tear(x, dimension),
    'Nd4j.toFlattened': (x: INDArray) => Nd4j.toFlattened(x),
    "Nd4j.toFlattened('f')": (x: INDArray) => Nd4j.toFlattened('f', x),
    "Nd4j.toFlattened('f', view)": (x: INDArray) => Nd4j.toFlattened('f', x),
    'Nd4j.toFlattened(arrays)': (arrays: INDArray[]) => Nd4j.toFlattened(arrays),
    "Nd4j.toFlattened('f', arrays)": (arrays: INDArray[]) => Nd4j.toFlattened('f', arrays),
    'Nd4j.tile': (x: INDArray, repetitions: number[]) => Nd4j.tile(x, ...repetitions),
    'Nd4j.repeat': (x: INDArray, count: number) => Nd4j.repeat(x, count),
    'Nd4j.pad': (x: INDArray, first: number | number[][], second?: number) =>
      typeof first === 'number' ? Nd4j.pad(x, first, second ?? first) : Nd4j.pad(x, first),
    'Nd4j.append': (x: INDArray, count: number, value: number, dimension: number) =>
      Nd4j.append(x, count, value, dimension),
    'Nd4j.prepend': (x: INDArray, count: number, value: number, dimension: number) =>
      Nd4j.prepend(x, count, value, dimension),
    'Nd4j.appendBias': (x: INDArray) => Nd4j.appendBias(x),
  },
};
