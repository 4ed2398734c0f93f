// Numbers in Java's decimal patterns; expected texts are those of java.text.DecimalFormat.

import { describe, expect, test } from 'vitest';
import { formatDecimal, parsePattern } from '../../src/core/decimalFormat.ts';

const format = (value: number, pattern: string): string => formatDecimal(value, parsePattern(pattern));

describe('formatDecimal()', () => {
  test.each([
    [0.5, '0', '0'],
    [1.5, '0', '2'],
    [2.5, '0', '2'],
    [0.125, '0.00', '0.12'],
    [0.375, '0.00', '0.38'],
    [-6.03125, '0.0000', '-6.0312'],
  ])('rounds ties to even: %d in %s', (value, pattern, text) => {
    expect(format(value, pattern)).toBe(text);
  });

  test.each([
    [0.12345, '0.0000', '0.1235'],
    [0.12355, '0.0000', '0.1235'],
    [0.00015, '0.0000', '0.0001'],
    [1.005, '0.00', '1.00'],
    [2.675, '0.00', '2.67'],
  ])('looks at the exact value where the digits end in a five: %d in %s', (value, pattern, text) => {
    expect(format(value, pattern)).toBe(text);
  });

  test.each([
    [9.9996, '0.000', '10.000'],
    [0.9999, '0.0', '1.0'],
    [0.00001, '0.00', '0.00'],
    [-0.00001, '0.00', '-0.00'],
    [0.06, '0.0', '0.1'],
    [0.6, '0', '1'],
    [12345.678, '0.00', '12345.68'],
    [1e21, '0.0', '1000000000000000000000.0'],
    [Math.fround(3.4e38), '0.00', '339999995214436420000000000000000000000.00'],
    [0, '0.000', '0.000'],
    [7, '000', '007'],
  ])('fills with zeros and carries: %d in %s', (value, pattern, text) => {
    expect(format(value, pattern)).toBe(text);
  });

  test('leaves out zeros at the end for #', () => {
    expect(format(1.5, '0.###')).toBe('1.5');
    expect(format(2, '0.###')).toBe('2');
    expect(format(0.5, '#.##')).toBe('.5');
    expect(format(1.25, '0.0##')).toBe('1.25');
  });

  test.each([
    [12345, '0.####E0', '1.2345E4'],
    [123456, '0.####E0', '1.2346E5'],
    [1e-10, '0.####E0', '1E-10'],
    [99999.9, '0.##E0', '1E5'],
    [3.14, '0.E0', '3.E0'],
    [0, '0.##E0', '0E0'],
  ])('takes exponents: %d in %s', (value, pattern, text) => {
    expect(format(value, pattern)).toBe(text);
  });

  test('has words for what is no number', () => {
    expect(format(Number.NaN, '0.0')).toBe('NaN');
    expect(format(-Infinity, '0.0E0')).toBe('-∞');
  });
});

describe('parsePattern()', () => {
  test.each(['', 'abc', '0.0.0', '0.0#0', '0,000.0', 'E0x'])('refuses %j', (pattern) => {
    expect(() => parsePattern(pattern)).toThrow(/^Invalid number format/);
  });
});
