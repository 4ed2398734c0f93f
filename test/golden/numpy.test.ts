// Files that NumPy itself wrote, as DL4J's tests have them: see test/golden/upstream/README.md.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type DataType, type INDArray, Nd4j } from '../../src/index.ts';

const directory = fileURLToPath(new URL('upstream/numpy_arrays/', import.meta.url));
const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).sort();
const TYPES: Readonly<Record<string, DataType>> = {
  float16: 'HALF',
  float32: 'FLOAT',
  float64: 'DOUBLE',
  int8: 'BYTE',
  int16: 'SHORT',
  int32: 'INT',
  int64: 'LONG',
  uint8: 'UBYTE',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
};
const typeOf = (name: string): DataType => TYPES[/(u?int|float)\d+/.exec(name)?.[0] ?? ''] as DataType;

function expectRange(array: INDArray, type: DataType): void {
  expect([array.dataType(), array.shape()]).toEqual([type, [3, 4]]);
  expect(Array.from(array.castTo('DOUBLE').toTypedArray() as Float64Array)).toEqual([...Array(12).keys()]);
}

describe('arrays of NumPy', () => {
  test.each(files.filter((file) => /(arange|arr)_3,4.*\.npy$/.test(file)))('%s holds 0 to 11', (file) => {
    expectRange(Nd4j.createFromNpyFile(directory + file), typeOf(file));
  });

  test.each(files.filter((file) => file.startsWith('scalar/') && file.endsWith('.npy')))('%s holds 1', (file) => {
    const scalar = Nd4j.createFromNpyFile(directory + file);
    expect([scalar.dataType(), scalar.shape(), scalar.getDouble(0)]).toEqual([typeOf(file), [], 1]);
  });

  test.each(files.filter((file) => /0,3.*\.npy$/.test(file)))('%s has no element', (file) => {
    const empty = Nd4j.createFromNpyFile(directory + file);
    expect([empty.dataType(), empty.shape(), empty.isEmpty()]).toEqual([typeOf(file), [0, 3], true]);
  });

  test.each(files.filter((file) => file.endsWith('.npz')))('%s holds two arrays', (file) => {
    const arrays = Nd4j.createFromNpzFile(directory + file);
    expect([...arrays.keys()]).toEqual(['firstArr', 'secondArr']);
    expectRange(arrays.get('firstArr') as INDArray, typeOf(file));
    expect(arrays.get('secondArr')?.toArray()).toEqual([0, 10, 20]);
  });

  test.each([
    ['txt/arange_3,4_float32.txt', ' '],
    ['txt_tab/arange_3,4_float32.txt', '\t'],
  ])('%s holds 0 to 11', (file, separator) => {
    expectRange(Nd4j.readNumpy(directory + file, separator), 'FLOAT');
  });
});
