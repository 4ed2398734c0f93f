import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import { copy } from '../../src/ops/layout.ts';
import { cast, type Element } from '../reference/cast.ts';
import { ALL_TYPES, arrayOfElements, elementsOf } from '../support/elements.ts';
import { emptyOf, noise, release } from '../support/views.ts';

const FLOATS = [
  0,
  -0,
  1,
  -1,
  0.5,
  1.5,
  -1.5,
  2.5,
  -2.7,
  100.9,
  127,
  128,
  129,
  200,
  255,
  256,
  300,
  -129,
  -32769,
  32768,
  65504,
  65519,
  65520,
  70000,
  2049,
  2051,
  1e-8,
  5.9e-8,
  6e-5,
  1e-40,
  1e-45,
  2147483647,
  2147483648,
  -2147483648,
  -2147483649,
  4294967295,
  4294967296,
  3e9,
  -3e9,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  2 ** 64,
  1e19,
  -1e19,
  1e300,
  3.4e38,
  3.4e39,
  Infinity,
  -Infinity,
  Number.NaN,
];
const INTEGERS = [
  0n,
  1n,
  -1n,
  7n,
  100n,
  -100n,
  127n,
  128n,
  -128n,
  -129n,
  255n,
  256n,
  300n,
  32767n,
  32768n,
  65535n,
  65536n,
  2147483647n,
  2147483648n,
  -2147483648n,
  4294967295n,
  4294967296n,
  2n ** 40n,
  2n ** 53n + 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  2n ** 64n - 1n,
];

/** Elements that the type has, from the lists above and from noise. */
function elements(type: DataType): Element[] {
  const isFloating = /FLOAT|DOUBLE|HALF/.test(type);
  const numbers = isFloating ? [...FLOATS, ...noise(67, 2).map((each) => each * 200)] : INTEGERS;
  return numbers.map((each) => cast(each, isFloating ? 'DOUBLE' : 'LONG', type));
}

describe.each(ALL_TYPES)('cast of %s', (from) => {
  test.each(ALL_TYPES)('to %s is that of C++ on x86', (to) => {
    const values = elements(from);
    const x = arrayOfElements(from, values);
    const out = emptyOf(to, [values.length]);
    copy(out, x);
    expect(elementsOf(out)).toEqual(values.map((each) => cast(each, from, to)));
    release(x, out);
  });
});

test('every HALF and every BFLOAT16 survives the way to FLOAT and back', () => {
  const bits = Array.from({ length: 65536 }, (_, i) => i);
  for (const [type, quiet] of [
    ['HALF', 0x7c00],
    ['BFLOAT16', 0x7f80],
  ] as const) {
    const x = emptyOf(type, [65536]);
    (x.buffer.window() as Uint16Array).set(bits);
    const wide = emptyOf('FLOAT', [65536]);
    const back = emptyOf(type, [65536]);
    copy(wide, x);
    copy(back, wide);
    const result = back.buffer.window() as Uint16Array;
    const changed = bits.filter((each) => result[each] !== each);
    // Only NaN may change, and stays NaN.
    const infinity = quiet;
    expect(changed.every((each) => (each & 0x7fff) > infinity && ((result[each] as number) & 0x7fff) > infinity)).toBe(
      true,
    );
    release(x, wide, back);
  }
});
