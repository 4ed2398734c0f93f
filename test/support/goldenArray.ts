// Arrays of golden files: base64 of little-endian elements in 'c' order, and back to numbers.

import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';

export interface GoldenArray {
  readonly shape: number[];
  readonly type: DataType;
  readonly data?: string;
  readonly empty?: boolean;
}

export function isGoldenArray(value: unknown): value is GoldenArray {
  return typeof value === 'object' && value !== null && 'shape' in value && 'type' in value;
}

/** A 'c' array with the file's elements, in the current workspace or on the heap. */
export function arrayOf(golden: GoldenArray): NDArray {
  const info = dataTypeInfo(golden.type);
  const geometry = denseGeometry(golden.shape);
  const buffer = DataBuffer.allocate(info, geometry.length, true);
  const bytes = Buffer.from(golden.data ?? '', 'base64');
  const window = buffer.window();
  new Uint8Array(window.buffer, window.byteOffset, window.byteLength).set(bytes);
  return new NDArray(buffer, 0, geometry);
}

/** The file's elements as numbers in 'c' order (16-bit floats decoded). */
export function numbersOf(golden: GoldenArray): number[] {
  const array = arrayOf(golden).castTo('DOUBLE');
  return Array.from(array.buffer.window() as Float64Array);
}
