// Options of array texts; what ND4J prints is compared by the golden files.

import { afterEach, describe, expect, test } from 'vitest';
import { NDArrayStrings } from '../../src/ndarray/format.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

afterEach(() => NDArrayStrings.setMaxPrintElements(1000));

describe('NDArrayStrings', () => {
  const x = Nd4j.create([
    [1, 20000],
    [0.00001, -0.5],
  ]);

  test('takes separator and precision, or a pattern, or options', () => {
    expect(x.toString(new NDArrayStrings(';', 1))).toBe('[[    1.0;    2e4] \n [   1e-5;   -0.5]]');
    expect(x.toString(new NDArrayStrings(',', '0.0'))).toBe('[[       1.0,   20000.0], \n [       0.0,      -0.5]]');
    expect(x.toString(new NDArrayStrings({ precision: 2 }))).toBe('[[    1.00,     2e4], \n [    1e-5,   -0.50]]');
    expect(x.toString(new NDArrayStrings({ precision: 2, trimZeros: true }))).toContain('[       1,');
  });

  test('shortens arrays with more elements than allowed, or all when forced', () => {
    const long = Nd4j.arange(10);
    expect(long.toString(5, false, 0)).toBe('[      0,   1.e0,   2.e0,  ...   7.e0,   8.e0,   9.e0]');
    expect(long.toString(1000, true, 1)).toContain('...');
    expect(long.toString()).not.toContain('...');
    NDArrayStrings.setMaxPrintElements(9);
    expect(long.toString()).toContain('...');
    expect(NDArrayStrings.getMaxPrintElements()).toBe(9);
    expect(long.toString(new NDArrayStrings({ maxElements: 10 }))).not.toContain('...');
  });

  test('prints integers in full and bigints exactly', () => {
    expect(`${Nd4j.scalar(2n ** 62n)}`).toBe('4611686018427387904');
    expect(`${Nd4j.create([2n ** 62n, -1n])}`).toBe('[4611686018427387904,        -1]');
  });

  test('reads views where they are', () => {
    expect(`${Nd4j.arange(12).reshape(3, 4).transpose().getRow(1)}`).toBe('[    1.0000,    5.0000,    9.0000]');
  });

  test.each([[{ precision: -1 }], [{ precision: 1.5 }], [{ pattern: 'x' }]])('refuses %j', (options) => {
    expect(() => new NDArrayStrings(options)).toThrow(RangeError);
  });

  test('refuses impossible numbers of elements', () => {
    expect(() => NDArrayStrings.setMaxPrintElements(0)).toThrow(RangeError);
    expect(() => x.toString(-1, false, 2)).toThrow(RangeError);
  });
});
