// Other shapes of the same elements.

import type { Order } from '../../../src/core/geometry.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { UpdateOp } from '../../../src/ndarray/nd4jShape.ts';
import { NDArrayIndex } from '../../../src/ndarray/ndArrayIndex.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { type Family, indicesOf } from '../../support/arrayCases.ts';

export const shape: Family = {
  operations: {
    reshape: (x: INDArray, shape: number[]) => x.reshape(...shape),
    'reshape(order)': (x: INDArray, order: Order, shape: number[]) => x.reshape(order, shape),
    'reshape(order, int...)': (x: INDArray, order: Order, shape: number[]) => x.reshape(order, ...shape),
    'reshape of transpose': (x: INDArray, shape: number[], order: Order = 'c') => x.reshape(order, shape),
    transpose: (x: INDArray) => x.transpose(),
    transposei: (x: INDArray) => x.transposei(),
    permute: (x: INDArray, order: number[]) => x.permute(...order),
    permutei: (x: INDArray, order: number[]) => x.permutei(...order),
    'permute dup': (x: INDArray, order: number[]) => x.permute(...order).dup(),
    'permute reshape': (x: INDArray, order: number[]) => x.permute(...order).reshape(x.length()),
    swapAxes: (x: INDArray, first: number, second: number) => x.swapAxes(first, second),
    'dup of swapAxes': (x: INDArray, first: number, second: number) => x.swapAxes(first, second).dup(),
    ravel: (x: INDArray) => x.ravel(),
    'ravel()': (x: INDArray) => x.ravel(),
    "ravel('f')": (x: INDArray) => x.ravel('f'),
    'dup()': (x: INDArray) => x.dup(),
    "dup('c')": (x: INDArray) => x.dup('c'),
    "dup('f')": (x: INDArray) => x.dup('f'),
    'dup of view': (x: INDArray) => x.dup(),
    repeat: (x: INDArray, dimension: number, count: number) => x.repeat(dimension, count),
    broadcast: (x: INDArray, shape: number[]) => x.broadcast(...shape),
    'Nd4j.squeeze(0)': (x: INDArray, dimension: number) => Nd4j.squeeze(x, dimension),
    'Nd4j.squeeze(1)': (x: INDArray, dimension: number) => Nd4j.squeeze(x, dimension),
    'Nd4j.expandDims': (x: INDArray, dimension: number) => Nd4j.expandDims(x, dimension),
    'Nd4j.rollAxis': (x: INDArray, dimension: number, before?: number) => Nd4j.rollAxis(x, dimension, before),
    'Nd4j.rot90': (x: INDArray) => Nd4j.rot90(x),
    'Nd4j.scatterUpdate': (x: INDArray, indices: INDArray, updates: INDArray, op: UpdateOp, dimension: number) =>
      Nd4j.scatterUpdate(op, x, indices, updates, dimension),
    'Nd4j.pullRows(1)': (x: INDArray, rows: number[]) => Nd4j.pullRows(x, 1, rows),
    'Nd4j.pullRows(0)': (x: INDArray, columns: number[]) => Nd4j.pullRows(x, 0, columns),
    "Nd4j.pullRows('f')": (x: INDArray, rows: number[]) => Nd4j.pullRows(x, 1, rows, 'f'),
    'NDArrayIndex.createCoveringShape': (shape: string) =>
      `[${NDArrayIndex.createCoveringShape(shape.split(',').map(Number)).join(', ')}]`,
    'NDArrayIndex.nTimes': (x: INDArray, text: string) => {
      const [index = '', times] = text.split(' x ');
      return x.get(...indicesOf(index).flatMap((each) => NDArrayIndex.nTimes(each, Number(times))));
    },
  },
};
