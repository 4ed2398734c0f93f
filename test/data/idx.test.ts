import { describe, expect, test } from 'vitest';
import { parseIdx, readIdx, readIdxImages } from '../../src/data/idx.ts';

/** Bytes of an IDX file of unsigned bytes. */
function idx(shape: number[], values: number[], type = 8): Uint8Array {
  const sizes = shape.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.from([0, 0, type, shape.length, ...sizes, ...values]);
}

describe('readIdx()', () => {
  test('gives shape, type and elements in c order', () => {
    const array = readIdx(idx([2, 3], [1, 2, 3, 4, 5, 255]));
    expect(array.shape()).toEqual([2, 3]);
    expect(array.dataType()).toBe('UBYTE');
    expect(array.toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 255],
    ]);
  });

  test('reads big-endian numbers of every type', () => {
    expect([...parseIdx(idx([1], [0xff, 0xfe], 11)).data]).toEqual([-2]);
    expect([...parseIdx(idx([1], [0, 0, 1, 0], 12)).data]).toEqual([256]);
    expect([...parseIdx(idx([1], [0x3f, 0xc0, 0, 0], 13)).data]).toEqual([1.5]);
    expect([...parseIdx(idx([1], [0xc0, 0, 0, 0, 0, 0, 0, 0], 14)).data]).toEqual([-2]);
  });

  test.each([
    ['no IDX file', Uint8Array.from([1, 2, 3, 4]), 'found first bytes [1, 2, 3, 4]'],
    ['a gzipped file', Uint8Array.from([0x1f, 0x8b, 8, 0]), 'these bytes are gzipped'],
    ['an unknown type', idx([1], [0], 7), 'Cannot read IDX'],
    ['too few bytes', idx([2, 3], [1, 2]), 'shape [2, 3] of UBYTE needs 18 bytes, found 14'],
    ['too many bytes', idx([1], [1, 2]), 'needs 9 bytes, found 10'],
    ['an absurd size', idx([0xffffffff, 0xffffffff], []), 'needs'],
    ['no bytes', new Uint8Array(0), 'Cannot read IDX'],
  ])('refuses %s', (_what, bytes, message) => {
    expect(() => readIdx(bytes)).toThrow(message);
  });
});

describe('readIdxImages()', () => {
  test('scales pixels to [0, 1], flattens images and encodes labels one-hot', () => {
    const set = readIdxImages(idx([2, 1, 2], [0, 255, 51, 102]), idx([2], [2, 0]), 3);
    expect(set.getFeatures().shape()).toEqual([2, 2]);
    expect(set.getFeatures().getDouble(1, 0)).toBeCloseTo(0.2, 7);
    expect(set.getLabels().toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });

  test('refuses labels that do not fit', () => {
    expect(() => readIdxImages(idx([2, 1, 1], [0, 1]), idx([1], [0]))).toThrow(
      'needed is one label per image, shape [2]',
    );
    expect(() => readIdxImages(idx([1, 1, 1], [0]), idx([1], [10]))).toThrow('Label 10 of image 0 is outside 0 to 9');
  });
});
