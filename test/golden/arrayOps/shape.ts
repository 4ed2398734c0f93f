// Other shapes of the same elements.

import type { Order } from '../../../src/core/geometry.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

export const shape: Family = {
  operations: {
    reshape: (x: INDArray, shape: number[]) => x.reshape(...shape),
    'reshape(order)': (x: INDArray, order: Order, shape: number[]) => x.reshape(order, shape),
    'reshape(order, int...)': (x: INDArray, order: Order, shape: number[]) => x.reshape(order, ...shape),
    'reshape of transpose': (x: INDArray, shape: number[]) => x.reshape(...shape),
    transpose: (x: INDArray) => x.transpose(),
    permute: (x: INDArray, order: number[]) => x.permute(...order),
  },
};
