// 16-bit floats: every pattern survives, numbers round to the nearest one, ties to even.

import { describe, expect, test } from 'vitest';
import { dataTypeInfo } from '../../src/core/dataType.ts';
import { bfloat16FromNumber, bfloat16ToNumber, halfFromNumber, halfToNumber, roundTo } from '../../src/core/float16.ts';

describe.each([
  ['HALF', halfToNumber, halfFromNumber],
  ['BFLOAT16', bfloat16ToNumber, bfloat16FromNumber],
] as const)('%s', (_, decode, encode) => {
  test('round-trips all 65536 patterns', () => {
    for (let bits = 0; bits < 65536; bits++) {
      const value = decode(bits);
      if (Number.isNaN(value)) expect(decode(encode(value))).toBeNaN();
      else expect(encode(value), `pattern ${bits}`).toBe(bits);
    }
  });

  test('rounds to the nearest neighbour, ties to the even pattern', () => {
    for (const bits of [1, 2, 0x3c00, 0x3c01, 0x4123, 0x7000]) {
      const low = decode(bits);
      const high = decode(bits + 1);
      const middle = (low + high) / 2;
      expect(encode(middle)).toBe(bits % 2 === 0 ? bits : bits + 1);
      expect(encode(low + (high - low) * 0.4)).toBe(bits);
      expect(encode(low + (high - low) * 0.6)).toBe(bits + 1);
    }
  });

  test('has infinities for what is too large', () => {
    expect(decode(encode(1e39))).toBe(Infinity);
    expect(decode(encode(-1e39))).toBe(-Infinity);
  });
});

describe('roundTo()', () => {
  test('gives the number that the type has', () => {
    expect(roundTo(dataTypeInfo('DOUBLE'), 0.1)).toBe(0.1);
    expect(roundTo(dataTypeInfo('FLOAT'), 0.1)).toBe(Math.fround(0.1));
    expect(roundTo(dataTypeInfo('HALF'), 0.1)).toBe(0.0999755859375);
    expect(roundTo(dataTypeInfo('BFLOAT16'), 1.005)).toBe(1.0078125);
  });
});
