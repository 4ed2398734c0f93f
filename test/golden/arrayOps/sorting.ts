// Sorting, and choices among elements.

import { nd4jSelection } from '../../../src/ndarray/nd4jSelection.ts';
import { nd4jSorting } from '../../../src/ndarray/nd4jSorting.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

export const sorting: Family = {
  operations: {
    'Nd4j.sort(all)': (x: INDArray, ascending: boolean) => nd4jSorting.sort(x, ascending),
    'Nd4j.sort(dim)': (x: INDArray, dimension: number, ascending: boolean) => nd4jSorting.sort(x, dimension, ascending),
    'Nd4j.sortWithIndices': nd4jSorting.sortWithIndices,
    'Nd4j.sortRows': nd4jSorting.sortRows,
    'Nd4j.sortColumns': nd4jSorting.sortColumns,
    'Nd4j.reverse': nd4jSorting.reverse,
    'Nd4j.where': (condition: INDArray, x?: INDArray, y?: INDArray) =>
      x === undefined || y === undefined ? nd4jSelection.where(condition) : nd4jSelection.where(condition, x, y),
    'Nd4j.clearNans': nd4jSelection.clearNans,
  },
};
