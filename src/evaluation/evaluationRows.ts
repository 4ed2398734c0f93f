// Labels, predictions and masks of rank 2, 3 or 4 as rows of numbers, one row per example, time step or pixel.
// Reads through windows on the arrays' memory: nothing is allocated in a workspace or on the heap.

import { formatShape, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../core/errors.ts';
import { checkArgument } from '../memory/validity.ts';
import type { INDArray } from '../ndarray/ndarray.ts';

/** Called once per row kept by the mask; both arrays are reused for the next row. `row` counts all rows, masked ones included. */
export type RowVisitor = (labels: Float64Array, predictions: Float64Array, row: number) => void;

/** A window on an array's numbers, with its strides. */
class Reader {
  readonly #window: ArrayLike<number | bigint>;
  constructor(readonly array: INDArray) {
    this.#window = array.buffer.window() as ArrayLike<number | bigint>;
  }
  at(index: number): number {
    return Number(this.#window[index]);
  }
  get shape(): readonly number[] {
    return this.array.geometry.shape;
  }
  get strides(): readonly number[] {
    return this.array.geometry.strides;
  }
}

/** 16-bit floats have no typed array of numbers: they are read through a DOUBLE copy. */
function reader(array: INDArray): Reader {
  const { name } = array.buffer.info;
  return new Reader(name === 'HALF' || name === 'BFLOAT16' ? array.castTo('DOUBLE') : array);
}

/**
 * Walks the rows of labels and predictions of shape [N, C], [N, C, T] or [N, C, H, W] (`axis` names C).
 * A mask keeps the rows where it is not 0: [N] or [N, 1] for rank 2, [N, T] for rank 3 (exactly 1 keeps), [N, 1, H, W] or [N, 1, 1, 1] for rank 4.
 * @throws {ND4JIllegalArgumentException} when the shapes differ. @throws {ND4JIllegalStateException} for rank 1 or a mask per output.
 */
export function forEachRow(
  labels: INDArray,
  predictions: INDArray,
  mask: INDArray | null,
  axis: number,
  visit: RowVisitor,
): void {
  checkArgument('eval', 'X', labels);
  checkArgument('eval', 'Y', predictions);
  if (mask !== null) checkArgument('eval', 'Z', mask);
  checkShapes(labels, predictions);
  const rank = labels.rank();
  const classAxis = rank === 4 ? axis : 1;
  const x = reader(labels);
  const y = reader(predictions);
  const keep = maskOf(mask, labels, classAxis);
  const classes = x.shape[classAxis] as number;
  const labelRow = new Float64Array(classes);
  const predictionRow = new Float64Array(classes);
  // Row order of DL4J: the example runs fastest for time series, slowest for images.
  const outer = [...x.shape.keys()].filter((dimension) => dimension !== classAxis);
  if (rank === 3) outer.reverse();
  const indices = new Array<number>(rank).fill(0);
  const rows = outer.reduce((product, dimension) => product * (x.shape[dimension] as number), 1);
  for (let row = 0; row < rows; row++) {
    if (keep(indices)) {
      const fromLabels = offsetOf(x, indices);
      const fromPredictions = offsetOf(y, indices);
      for (let c = 0; c < classes; c++) {
        labelRow[c] = x.at(fromLabels + c * (x.strides[classAxis] as number));
        predictionRow[c] = y.at(fromPredictions + c * (y.strides[classAxis] as number));
      }
      visit(labelRow, predictionRow, row);
    }
    advance(indices, outer, x.shape);
  }
}

function offsetOf(source: Reader, indices: readonly number[]): number {
  let offset = source.array.offset;
  for (let d = 0; d < indices.length; d++) offset += (indices[d] as number) * (source.strides[d] as number);
  return offset;
}

function advance(indices: number[], outer: readonly number[], shape: readonly number[]): void {
  for (let step = outer.length - 1; step >= 0; step--) {
    const dimension = outer[step] as number;
    indices[dimension] = (indices[dimension] as number) + 1;
    if ((indices[dimension] as number) < (shape[dimension] as number)) return;
    indices[dimension] = 0;
  }
}

function maskOf(mask: INDArray | null, labels: INDArray, classAxis: number): (indices: readonly number[]) => boolean {
  if (mask === null) return () => true;
  const rank = labels.rank();
  const { shape } = labels.geometry;
  const source = reader(mask);
  const at = (...indices: number[]): number => source.at(offsetOf(source, indices));
  if (rank === 2) {
    const isColumn = mask.rank() === 2 && mask.size(1) === 1;
    if (mask.rank() !== 1 && !isColumn) throw perOutput();
    if (mask.length() !== shape[0]) throw maskMismatch(mask, labels, `[${shape[0]}] or [${shape[0]}, 1]`);
    return isColumn ? ([n]) => Math.trunc(at(n as number, 0)) !== 0 : ([n]) => Math.trunc(at(n as number)) !== 0;
  }
  if (rank === 3) {
    if (mask.rank() !== 2) throw perOutput();
    if (mask.size(0) !== shape[0] || mask.size(1) !== shape[2])
      throw maskMismatch(mask, labels, `[${shape[0]}, ${shape[2]}]`);
    return ([n, , t]) => at(n as number, t as number) === 1;
  }
  const sizes = mask.geometry.shape;
  if (sizes.length !== 4 || (sizes[classAxis] !== 1 && sizes[classAxis] === shape[classAxis])) throw perOutput();
  if (sizes.some((size, dimension) => size !== 1 && size !== shape[dimension])) {
    throw maskMismatch(
      mask,
      labels,
      'a rank-4 shape with size 1 for the classes, and 1 or the size of the labels elsewhere',
    );
  }
  return (indices) => Math.trunc(at(...indices.map((index, dimension) => (sizes[dimension] === 1 ? 0 : index)))) !== 0;
}

function perOutput(): Error {
  return new ND4JIllegalStateException('Per-output masking for Evaluation is not supported');
}

function maskMismatch(mask: INDArray, labels: INDArray, needed: string): Error {
  return new ND4JIllegalArgumentException(
    `Unable to evaluate. The mask of shape ${formatShape(mask.geometry.shape)} does not fit labels of shape ${formatShape(labels.geometry.shape)}: needed is ${needed}`,
  );
}

function checkShapes(labels: INDArray, predictions: INDArray): void {
  for (const [name, array] of [
    ['labels', labels],
    ['predictions', predictions],
  ] as const) {
    if (array.rank() < 2 || array.rank() > 4) {
      throw new ND4JIllegalStateException(
        `Unknown array type passed to evaluation: ${name} array rank ${array.rank()} with shape ${formatShape(array.geometry.shape)}. Labels and predictions must always be rank 2 or higher, with leading dimension being minibatch dimension`,
      );
    }
  }
  if (!labels.equalShapes(predictions)) {
    throw new ND4JIllegalArgumentException(
      `Unable to evaluate. Predictions and labels arrays are not same shape. Predictions shape: ${formatShape(predictions.geometry.shape)}, Labels shape: ${formatShape(labels.geometry.shape)}`,
    );
  }
}
