// Factories: arrays of a shape, of data, ranges, and the settings of Nd4j.

import type { DataType } from '../../../src/core/dataType.ts';
import type { Order } from '../../../src/core/geometry.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { Family } from '../../support/arrayCases.ts';

type Nested = (number | Nested)[];
const booleans = (text: string): boolean[] => text.split(',').map((each) => each === 'true');
/** As the innermost arrays of a Java array of that type. */
const rowsOf = (nested: Nested, row: (numbers: number[]) => Float64Array | Float32Array | Int32Array): never =>
  (typeof nested[0] === 'number'
    ? row(nested as number[])
    : nested.map((each) => rowsOf(each as Nested, row))) as never;
const doubles = (nested: Nested): never => rowsOf(nested, (row) => Float64Array.from(row));
const floats = (nested: Nested): never => rowsOf(nested, (row) => Float32Array.from(row));
const ints = (nested: Nested): never => rowsOf(nested, (row) => Int32Array.from(row));

export const creation: Family = {
  operations: {
    'Nd4j.zeros': (shape: number[]) => Nd4j.zeros(...shape),
    'Nd4j.ones': (shape: number[]) => Nd4j.ones(...shape),
    'Nd4j.zeros negative': (...shape: number[]) => Nd4j.zeros(...shape),
    'Nd4j.zeros(type, shape)': (type: DataType, shape: number[]) => Nd4j.zeros(type, ...shape),
    'Nd4j.zeros(type, shape, order)': (type: DataType, shape: number[], order: Order) => Nd4j.zeros(type, shape, order),
    'Nd4j.ones(type, shape)': (type: DataType, shape: number[]) => Nd4j.ones(type, shape),
    'Nd4j.create(shape)': (shape: number[]) => Nd4j.create(...shape),
    'Nd4j.create(int)': (size: number) => Nd4j.create(size),
    'Nd4j.create(rows, columns)': (rows: number, columns: number) => Nd4j.create(rows, columns),
    'Nd4j.create(shape, order)': (shape: number[], order: Order) => Nd4j.create(shape, order),
    'Nd4j.create(type, shape, order)': (type: DataType, shape: number[], order: Order) =>
      Nd4j.create(type, shape, order),
    'Nd4j.create(double[])': (data: Nested) => Nd4j.create(doubles(data)),
    'Nd4j.create(float[])': (data: Nested) => Nd4j.create(floats(data)),
    'Nd4j.create(double[][])': (data: Nested) => Nd4j.create(doubles(data)),
    'Nd4j.create(float[][])': (data: Nested) => Nd4j.create(floats(data)),
    'Nd4j.create(boolean[])': (text: string) => Nd4j.create(booleans(text)),
    'Nd4j.create(double[], shape, order)': (data: Nested, shape: number[], order: Order) =>
      Nd4j.create(doubles(data), shape, order),
    'Nd4j.create(float[], shape, order)': (data: Nested, shape: number[], order: Order) =>
      Nd4j.create(floats(data), shape, order),
    'Nd4j.create length mismatch': (data: number[], shape: number[]) => Nd4j.create(data, shape),
    'Nd4j.createFromArray(double...)': (data: Nested) => Nd4j.createFromArray(doubles(data)),
    'Nd4j.createFromArray(float...)': (data: Nested) => Nd4j.createFromArray(floats(data)),
    'Nd4j.createFromArray(int...)': (data: Nested) => Nd4j.createFromArray(ints(data)),
    'Nd4j.createFromArray(long...)': (data: number[]) => Nd4j.createFromArray(...data.map(BigInt)),
    'Nd4j.createFromArray(byte...)': (data: number[]) => Nd4j.createFromArray(Int8Array.from(data)),
    'Nd4j.createFromArray(short...)': (data: number[]) => Nd4j.createFromArray(Int16Array.from(data)),
    'Nd4j.createFromArray(boolean...)': (text: string) => Nd4j.createFromArray(...booleans(text)),
    'Nd4j.createFromArray(int[][])': (data: Nested) => Nd4j.createFromArray(ints(data)),
    'Nd4j.createFromArray(double[][][])': (data: Nested) => Nd4j.createFromArray(doubles(data)),
    'Nd4j.scalar(type, number)': (type: DataType, value: number) => Nd4j.scalar(type, value),
    'Nd4j.scalar(double)': (value: number) => Nd4j.scalar('DOUBLE', value),
    'Nd4j.scalar(Number)': (value: number) => Nd4j.scalar('DOUBLE', value),
    'Nd4j.scalar(float)': (value: number) => Nd4j.scalar('FLOAT', value),
    'Nd4j.scalar(int)': (value: number) => Nd4j.scalar('INT', value),
    'Nd4j.scalar(long)': (value: number) => Nd4j.scalar(BigInt(value)),
    'Nd4j.scalar(boolean)': (value: boolean) => Nd4j.scalar(value),
    // The value is not in the files.
    'Nd4j.valueArrayOf(shape, number)': (shape: number[]) => Nd4j.valueArrayOf(shape, 2.5),
    'Nd4j.valueArrayOf(shape, number, type)': (shape: number[], value: number, type: DataType) =>
      Nd4j.valueArrayOf(shape, value, type),
    'Nd4j.empty(type)': (type: DataType) => Nd4j.empty(type),
    'Nd4j.linspace(long, long, long)': (lower: number, upper: number, count: number) =>
      Nd4j.linspace(lower, upper, count),
    'Nd4j.linspace(long, long, long, type)': (lower: number, upper: number, count: number, type: DataType) =>
      Nd4j.linspace(lower, upper, count, type),
    'Nd4j.linspace(lower, upper, num, type)': (lower: number, upper: number, count: number, type: DataType) =>
      Nd4j.linspace(lower, upper, count, type),
    'Nd4j.linspace(type, lower, step, num)': (type: DataType, lower: number, step: number, count: number) =>
      Nd4j.linspace(type, lower, step, count),
    'Nd4j.linspace(type, long, long, long)': (type: DataType, lower: number, upper: number, count: number) =>
      Nd4j.linspace(lower, upper, count, type),
    'Nd4j.arange(end)': (end: number) => Nd4j.arange(end),
    'Nd4j.arange(begin, end)': (begin: number, end: number) => Nd4j.arange(begin, end),
    'Nd4j.arange(begin, end, step)': (begin: number, end: number, step: number) => Nd4j.arange(begin, end, step),
    'Nd4j.eye': (size: number) => Nd4j.eye(size),
    'Nd4j.diag': (x: INDArray) => Nd4j.diag(x),
    'Nd4j.meshgrid': (x: INDArray, y: INDArray) => Nd4j.meshgrid(x, y),
    'Nd4j.zerosLike': (x: INDArray) => Nd4j.zerosLike(x),
    'Nd4j.onesLike': (x: INDArray) => Nd4j.onesLike(x),
    'ulike shape': (x: INDArray) => x.ulike().shape(),
    like: (x: INDArray) => x.like(),
    'Nd4j.dataType': () => Nd4j.dataType(),
    'Nd4j.defaultFloatingPointType': () => Nd4j.defaultFloatingPointType(),
    'Nd4j.rand type': () => Nd4j.rand(2, 2).dataType(),
    'Nd4j.order': () => Nd4j.order(),
  },
};
