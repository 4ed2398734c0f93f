// Random matrices with orthonormal rows or columns, whichever are fewer.

import { DOUBLE } from '../core/dataType.ts';
import { denseGeometry } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import { Binary } from '../ops/codes.ts';
import { binaryScalar } from '../ops/elementwise.ts';
import { copy } from '../ops/layout.ts';
import type { NativeRandom } from '../ops/random.ts';
import { defaultTypes } from './defaultTypes.ts';
import { singularVectors } from './jacobiSvd.ts';

/** From this size on ND4J decomposes in another way, whose numbers are not followed. */
const JACOBI_BELOW = 16;

/**
 * Fills an array, seen as a matrix of its last dimension's size in columns, with gain times a random orthogonal matrix: that of DL4J for
 * the same seed when rows or columns are fewer than 16.
 * @see org.nd4j.linalg.api.rng.distribution.impl.OrthogonalDistribution
 */
export function fillOrthogonal(out: ArrayView, gain: number, random: NativeRandom): void {
  const { shape, length } = out.geometry;
  const columns = shape.at(-1) ?? 1;
  const rows = length / columns;
  const geometry = denseGeometry([rows, columns]);
  const drawn = { buffer: DataBuffer.allocateDetached(defaultTypes.floating, length, false), offset: 0, geometry };
  const made = {
    buffer: DataBuffer.allocateDetached(DOUBLE, length, false),
    offset: 0,
    geometry: denseGeometry(shape),
  };
  random.fillGaussian(drawn);
  copy({ ...made, geometry }, drawn);
  const matrix = made.buffer.window() as Float64Array;
  if (Math.min(rows, columns) < JACOBI_BELOW) matrix.set(singularVectors(matrix, rows, columns));
  else if (rows >= columns) orthonormalize(matrix, columns, rows, 1, columns);
  else orthonormalize(matrix, rows, columns, columns, 1);
  binaryScalar(Binary.MUL, made, made, gain);
  copy(out, made);
  drawn.buffer.close();
  made.buffer.close();
}

/** Gram–Schmidt, twice for accuracy, over `count` vectors of `size` elements. */
function orthonormalize(x: Float64Array, count: number, size: number, between: number, step: number): void {
  const dot = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < size; k++) sum += (x[i * between + k * step] as number) * (x[j * between + k * step] as number);
    return sum;
  };
  const combine = (i: number, scale: number, j: number, factor: number): void => {
    for (let k = 0; k < size; k++) {
      const at = i * between + k * step;
      x[at] = (x[at] as number) * scale - (x[j * between + k * step] as number) * factor;
    }
  };
  for (let i = 0; i < count; i++) {
    for (let pass = 0; pass < 2; pass++) for (let j = 0; j < i; j++) combine(i, 1, j, dot(i, j));
    combine(i, 1 / Math.sqrt(dot(i, i)), i, 0);
  }
}
