// Questions to a handle: shape, rank, strides, kind, type; conversions to JavaScript; casts.

import { type DataType, dataTypeInfo } from '../../../src/core/dataType.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

/** The results of these are texts of several numbers. */
const each = (x: INDArray, read: (index: number) => number): string =>
  Array.from({ length: x.length() }, (_, index) => read(index)).join(',');

export const questions: Family = {
  operations: {
    rows: (x: INDArray) => x.rows(),
    columns: (x: INDArray) => x.columns(),
    rank: (x: INDArray) => x.rank(),
    length: (x: INDArray) => x.length(),
    'size(-1)': (x: INDArray) => x.size(-1),
    'size(0)': (x: INDArray) => x.size(0),
    'size(9)': (x: INDArray) => x.size(9),
    stride: (x: INDArray) => x.stride(),
    ordering: (x: INDArray) => x.ordering(),
    isVector: (x: INDArray) => x.isVector(),
    isMatrix: (x: INDArray) => x.isMatrix(),
    isScalar: (x: INDArray) => x.isScalar(),
    isRowVector: (x: INDArray) => x.isRowVector(),
    isColumnVector: (x: INDArray) => x.isColumnVector(),
    isSquare: (x: INDArray) => x.isSquare(),
    isVectorOrScalar: (x: INDArray) => x.isVectorOrScalar(),
    isRowVectorOrScalar: (x: INDArray) => x.isRowVectorOrScalar(),
    isColumnVectorOrScalar: (x: INDArray) => x.isColumnVectorOrScalar(),
    isView: (x: INDArray) => x.isView(),
    isEmpty: (x: INDArray) => x.isEmpty(),
    toDoubleVector: (x: INDArray) => x.toDoubleVector(),
    toIntVector: (x: INDArray) => x.toIntVector(),
    toLongVector: (x: INDArray) => x.toLongVector(),
    toDoubleMatrix: (x: INDArray) => x.toDoubleMatrix(),
    'data().asDouble()': (x: INDArray) => x.data().asDouble(),
    castTo: (x: INDArray, type: DataType) => x.castTo(type),
    'castTo(out of range)': (x: INDArray, type: DataType) => x.castTo(type),
    'putScalar double': (x: INDArray, index: number, value: number) => x.putScalar(index, value),
    'getInt of double': (x: INDArray) => each(x, (index) => x.getInt(index)),
    'getLong of double': (x: INDArray) => each(x, (index) => x.getLong(index)),
    'getDouble of float': (x: INDArray) => x.getDouble(0),
    'getFloat of double': (x: INDArray) => x.getFloat(0),
    'getDouble of half': (x: INDArray) => x.getDouble(0),
    'getDouble of bool': (x: INDArray) => x.getDouble(0),
    'getDouble of ubyte': (x: INDArray) => x.getDouble(0),
    'type width': (type: DataType) => Nd4j.sizeOfDataType(type),
    isFPType: (type: DataType) => {
      const { isFloating, name } = dataTypeInfo(type);
      const isInteger = !isFloating && name !== 'BOOL';
      return [isFloating, isInteger, isFloating || (isInteger && !name.startsWith('U'))].join(',');
    },
  },
};
