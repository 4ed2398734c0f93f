// Elements of views as float64 numbers in 'c' order, for numerics that are written in TypeScript.

import { DOUBLE, FLOAT } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import { converted } from './converted.ts';
import { copy } from './layout.ts';

/** A copy of the elements in 'c' order, outside linear memory: it stays what it is when memory grows. */
export function readNumbers(x: ArrayView): Float64Array {
  const { buffer, offset, geometry } = x;
  if (geometry.isDenseC && (buffer.info === FLOAT || buffer.info === DOUBLE)) {
    return Float64Array.from((buffer.window() as Float64Array).subarray(offset, offset + geometry.length));
  }
  const owned: DataBuffer[] = [];
  try {
    return converted(x, DOUBLE, owned, true).buffer.asDouble();
  } finally {
    for (const each of owned) each.close();
  }
}

/** out = the values in 'c' order, cast to out's type. */
export function writeNumbers(out: ArrayView, values: Float64Array): void {
  const { buffer, offset, geometry } = out;
  if (geometry.isDenseC && (buffer.info === FLOAT || buffer.info === DOUBLE)) {
    (buffer.window() as Float64Array).set(values, offset);
    return;
  }
  const staged = DataBuffer.allocateIn(null, DOUBLE, values.length, false);
  try {
    (staged.window() as Float64Array).set(values);
    copy(out, { buffer: staged, offset: 0, geometry: denseGeometry(geometry.shape) });
  } finally {
    staged.close();
  }
}
