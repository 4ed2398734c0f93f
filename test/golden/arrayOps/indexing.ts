// Elements, rows, columns, slices, get and put, assign.

import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { type ArrayCase, type Family, indicesOf } from '../../support/arrayCases.ts';
import { numbersOf } from '../../support/goldenArray.ts';
import { conditionOf } from './comparisons.ts';

/** The row is not in the files: 1, or 9 where that is not the one that changed. */
function rowOfPutRow({ args, changed, throws }: ArrayCase): unknown[] {
  const [, values] = args as [unknown, Parameters<typeof numbersOf>[0]];
  const after = changed?.[0];
  if (throws !== undefined || after === undefined) return [9];
  const columns = after.shape[1] as number;
  const row = numbersOf(after).slice(columns, 2 * columns);
  return [numbersOf(values).every((value, column) => value === row[column]) ? 1 : 9];
}

export const indexing: Family = {
  hidden: { putRow: rowOfPutRow },
  operations: {
    'getDouble(long)': (x: INDArray, index: number) => x.getDouble(index),
    'getDouble(i, j)': (x: INDArray, i: number, j: number) => x.getDouble(i, j),
    'getDouble(i, j, k)': (x: INDArray, i: number, j: number, k: number) => x.getDouble(i, j, k),
    'getDouble(long...)': (x: INDArray, indices: number[]) => x.getDouble(indices),
    'getInt(int)': (x: INDArray, index: number) => x.getInt(index),
    'getInt(i, j)': (x: INDArray, i: number, j: number) => x.getInt(i, j),
    'getFloat(long)': (x: INDArray, index: number) => x.getFloat(index),
    'getLong(long)': (x: INDArray, index: number) => x.getLong(index),
    'getNumber(long)': (x: INDArray, index: number) => x.getNumber(index),
    // The value is not in the files.
    'putScalar(long, double)': (x: INDArray, index: number) => x.putScalar(index, 99),
    'putScalar(i, j, v)': (x: INDArray, i: number, j: number, value: number) => x.putScalar(i, j, value),
    'putScalar(long[], v)': (x: INDArray, indices: number[], value: number) => x.putScalar(indices, value),
    'getRow(i)': (x: INDArray, row: number) => x.getRow(row),
    'getRow(i, keep)': (x: INDArray, row: number, keep: boolean) => x.getRow(row, keep),
    'getColumn(i)': (x: INDArray, column: number) => x.getColumn(column),
    'getColumn(i, keep)': (x: INDArray, column: number, keep: boolean) => x.getColumn(column, keep),
    getRows: (x: INDArray, rows: number[]) => x.getRows(...rows),
    getColumns: (x: INDArray, columns: number[]) => x.getColumns(columns),
    'slice(i)': (x: INDArray, index: number) => x.slice(index),
    'slice(i, 1)': (x: INDArray, index: number) => x.slice(index, 1),
    'slice(i, 2)': (x: INDArray, index: number) => x.slice(index, 2),
    get: (x: INDArray, indices: string) => x.get(...indicesOf(indices)),
    'put(indices, array)': (x: INDArray, indices: string, values: INDArray) => x.put(indicesOf(indices), values),
    'put(indices, number)': (x: INDArray, indices: string, value: number) => x.put(indicesOf(indices), value),
    'put(i, j, array)': (x: INDArray, index: number, value: INDArray) => x.put(index, index, value),
    'put(i, j, number)': (x: INDArray, i: number, j: number, value: number) => x.put(i, j, value),
    'put int array indices': (x: INDArray, indices: number[], value: INDArray) => x.put(indices, value),
    putRow: (x: INDArray, values: INDArray, row: number) => x.putRow(row, values),
    putColumn: (x: INDArray, values: INDArray) => x.putColumn(1, values),
    putSlice: (x: INDArray, values: INDArray) => x.putSlice(2, values),
    tensorAlongDimension: (x: INDArray, index: number, dimensions: number[]) =>
      x.tensorAlongDimension(index, ...dimensions),
    tensorsAlongDimension: (x: INDArray, dimensions: number[]) => x.tensorsAlongDimension(...dimensions),
    vectorAlongDimension: (x: INDArray, index: number, dimension: number) => x.vectorAlongDimension(index, dimension),
    'assign(number)': (x: INDArray, value: number) => x.assign(value),
    'assign(array)': (x: INDArray, values: INDArray) => x.assign(values),
    assign: (x: INDArray, values: INDArray) => x.assign(values),
    'assign to a view': (x: INDArray, indices: string, values: INDArray) => {
      x.get(...indicesOf(indices)).assign(values);
      return x;
    },
    // The numbers and places of the next four are not in the files.
    'addi to a view': (x: INDArray, indices: string) => {
      x.get(...indicesOf(indices)).addi(10);
      return x;
    },
    'muli to a row': (x: INDArray) => {
      x.getRow(1).muli(2);
      return x;
    },
    'subi to a column': (x: INDArray) => {
      x.getColumn(1).subi(2);
      return x;
    },
    'addi to a transpose': (x: INDArray, values: INDArray) => {
      x.transpose().addi(values);
      return x;
    },
    getWhere: (x: INDArray, comparison: INDArray, condition: string) => x.getWhere(comparison, conditionOf(condition)),
    'getWhere(number)': (x: INDArray, comparison: number, condition: string) =>
      x.getWhere(comparison, conditionOf(condition)),
    putWhere: (x: INDArray, comparison: INDArray, values: INDArray, condition: string) =>
      x.putWhere(comparison, values, conditionOf(condition)),
    putWhereWithMask: (x: INDArray, mask: INDArray, values: INDArray) => x.putWhereWithMask(mask, values),
    'putWhereWithMask(number)': (x: INDArray, mask: INDArray, value: number) => x.putWhereWithMask(mask, value),
  },
};
