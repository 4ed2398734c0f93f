// Row vectors and column masks against matrices: the broadcasts that layers need.

import { DL4JInvalidInputException, formatShape } from '../../core/errors.ts';
import { broadcastTo, denseGeometry, sameShape } from '../../core/geometry.ts';
import type { ArrayView } from '../../memory/view.ts';
import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { reduce } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import type { Layer } from './layer.ts';

const FIRST: readonly number[] = [0];

/** x = op(x, row) for every row of a matrix. */
export function applyRow(op: Binary, x: ArrayView, row: ArrayView): void {
  binary(op, x, x, { buffer: row.buffer, offset: row.offset, geometry: broadcastTo(row.geometry, x.geometry.shape) });
}

/** x = op(x, column): one number for each row; `column` has as many elements as x has rows. */
export function applyColumn(op: Binary, x: ArrayView, column: ArrayView): void {
  const shape = [x.geometry.shape[0] as number, ...x.geometry.shape.slice(1).map(() => 1)];
  const dense = column.geometry.isDense ? denseGeometry(shape) : column.geometry;
  binary(op, x, x, { buffer: column.buffer, offset: column.offset, geometry: broadcastTo(dense, x.geometry.shape) });
}

/** sums[j] = Σ of column j of x. */
export function sumRows(sums: ArrayView, x: ArrayView): void {
  reduce(Reduce.SUM, sums, x, FIRST);
}

/** x ⊙ mask: a column, one number for each row, or the shape of x. @throws {DL4JInvalidInputException} naming the layer. */
export function applyMask(x: INDArray, mask: INDArray, layer: Layer): void {
  const { shape } = mask.geometry;
  if (sameShape(shape, x.geometry.shape)) binary(Binary.MUL, x, x, mask);
  else if (mask.length() === x.size(0)) applyColumn(Binary.MUL, x, mask);
  else {
    throw new DL4JInvalidInputException(
      `Invalid mask array: per-example masking should be a column vector, per output masking arrays should be the same shape as the output/labels arrays. Mask shape: ${formatShape(shape)}, output shape: ${formatShape(x.geometry.shape)} ${layer.layerId()}`,
    );
  }
}
