// Elements of every type, read and written one by one, against typed windows; walks over views.

import { afterEach, describe, expect, test } from 'vitest';
import { DataType } from '../../src/core/dataType.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { forEachElement, readElement, readNumber, writeElement } from '../../src/memory/element.ts';
import { emptyOf, positions } from '../support/views.ts';

const made: DataBuffer[] = [];
afterEach(() => {
  for (const buffer of made.splice(0)) buffer.close();
});
function bufferOf(type: DataType, length = 3): DataBuffer {
  const buffer = DataBuffer.create(type, length);
  made.push(buffer);
  return buffer;
}

describe('readElement() and writeElement()', () => {
  test.each(Object.keys(DataType) as DataType[])('agree with the typed window of %s', (type) => {
    const buffer = bufferOf(type);
    writeElement(buffer, 1, 1);
    expect([0, 1, 2].map((index) => readNumber(buffer, index))).toEqual([0, 1, 0]);
    const window = buffer.window();
    expect(Number(window[0]) + Number(window[2])).toBe(0);
    if (type !== 'HALF' && type !== 'BFLOAT16') expect(Number(window[1])).toBe(1);
  });

  test.each<[DataType, number, number]>([
    ['BYTE', 200, -56],
    ['UBYTE', -1, 255],
    ['SHORT', 40000, -25536],
    ['UINT16', -1, 65535],
    ['INT', 2 ** 31, -(2 ** 31)],
    ['UINT32', -1, 2 ** 32 - 1],
    ['LONG', -(2 ** 53), -(2 ** 53)],
    ['UINT64', 2 ** 53, 2 ** 53],
    ['INT', 2 ** 40 + 7, 7],
    ['INT', Number.NaN, 0],
    ['LONG', Infinity, 0],
    ['LONG', -0.5, 0],
    ['BOOL', -3, 1],
  ])('%s wraps %d to %d', (type, written, read) => {
    const buffer = bufferOf(type);
    writeElement(buffer, 1, written);
    expect(readNumber(buffer, 1)).toBe(read);
    expect([readNumber(buffer, 0), readNumber(buffer, 2)]).toEqual([0, 0]);
  });

  test('keep all 64 bits of bigints', () => {
    const long = bufferOf('LONG');
    const unsigned = bufferOf('UINT64');
    for (const value of [0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 0x123456789abcdefn]) {
      writeElement(long, 1, value);
      writeElement(unsigned, 1, value);
      expect(readElement(long, 1)).toBe(value);
      expect(readElement(unsigned, 1)).toBe(BigInt.asUintN(64, value));
      expect(readNumber(long, 1)).toBe(Number(value));
    }
  });

  test('keep what 16-bit floats can hold, and −0', () => {
    for (const type of ['HALF', 'BFLOAT16', 'FLOAT', 'DOUBLE'] as const) {
      const buffer = bufferOf(type);
      for (const value of [-0, 1.5, -(2 ** -10), Infinity, Number.NaN]) {
        writeElement(buffer, 2, value);
        expect(readElement(buffer, 2)).toBe(value);
      }
    }
  });
});

describe('forEachElement()', () => {
  test.each<[number[], number[] | undefined, number]>([
    [[], undefined, 0],
    [[3], [5], 2],
    [[2, 3], [1, 2], 0],
    [[2, 3, 4], [30, 4, 1], 7],
    [[2, 1, 3], [0, 9, 1], 0],
    [[2, 0], undefined, 0],
  ])('visits %j with strides %j from %d in c order', (shape, strides, offset) => {
    const view = emptyOf('FLOAT', shape, { ...(strides === undefined ? {} : { strides }), offset });
    made.push(view.buffer);
    const visited: number[] = [];
    forEachElement(view, (index, position) => {
      expect(position).toBe(visited.length);
      visited.push(index);
    });
    expect(visited).toEqual(positions(view));
  });
});
