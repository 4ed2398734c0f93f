// NDNN's pad: borders of a constant, or of what lies inside.

import {
  describeValue,
  formatShape,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
} from '../../core/errors.ts';
import { Geometry } from '../../core/geometry.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import { copy, fill } from '../../ops/layout.ts';
import type { INDArray } from '../ndarray.ts';
import { arrayArgument, numberArgument, numericArgument } from './arrayArguments.ts';

/**
 * What a border holds: CONSTANT a number, REFLECT the inside mirrored at the outermost element, SYMMETRIC mirrored with it.
 * @see org.nd4j.enums.PadMode
 */
export const PadMode = { CONSTANT: 'CONSTANT', REFLECT: 'REFLECT', SYMMETRIC: 'SYMMETRIC' } as const;
export type PadMode = keyof typeof PadMode;

type Border = readonly [before: number, after: number];

function readBorders(x: INDArray, padding: INDArray, mode: PadMode): Border[] {
  const rank = x.rank();
  const shape = arrayArgument('pad', 'padding', padding).geometry.shape;
  if (padding.rank() !== 2 || shape[0] !== rank || shape[1] !== 2) {
    throw new ND4JIllegalStateException(
      `Cannot pad ${formatShape(x.geometry.shape)}: padding has shape ${formatShape(shape)}, needed is [${rank}, 2]`,
    );
  }
  return Array.from({ length: rank }, (_, d) => {
    const border = [padding.getDouble(d, 0), padding.getDouble(d, 1)] as const;
    const size = x.size(d);
    const most = mode === 'CONSTANT' ? Infinity : mode === 'REFLECT' ? size - 1 : size;
    const wrong = border.find((width) => !Number.isInteger(width) || width < 0 || width > most);
    if (wrong !== undefined) {
      const bound = most === Infinity ? 'at least 0' : `from 0 to ${most}`;
      throw new ND4JIllegalArgumentException(
        `Cannot pad dimension ${d} of ${formatShape(x.geometry.shape)} by ${wrong} in mode ${mode}: needed is a whole number ${bound}`,
      );
    }
    return border;
  });
}

/** The region [begin, end) of each dimension, a view. */
function region(x: ArrayView, begins: readonly number[], sizes: readonly number[]): ArrayView {
  const { strides, order } = x.geometry;
  const distance = begins.reduce((sum, begin, d) => sum + begin * (strides[d] as number), 0);
  return viewed(x, distance, new Geometry(sizes, strides, order));
}

/** Fills the borders of each dimension from what lies inside of it, one dimension after the other. */
function mirror(result: ArrayView, inside: readonly number[], borders: readonly Border[], skip: number): void {
  const begins = borders.map(([before]) => before);
  const sizes = [...inside];
  borders.forEach(([before, after], d) => {
    const size = inside[d] as number;
    const at = (index: number): ArrayView => region(result, begins.with(d, index), sizes.with(d, 1));
    for (let i = 0; i < before; i++) copy(at(before - 1 - i), at(before + i + skip));
    for (let i = 0; i < after; i++) copy(at(before + size + i), at(before + size - 1 - i - skip));
    begins[d] = 0;
    sizes[d] = size + before + after;
  });
}

/**
 * x with borders: `padding` `[rank, 2]` has the widths before and after each dimension.
 * @throws {ND4JIllegalStateException | ND4JIllegalArgumentException} when the padding does not fit x or the mode
 * @see org.nd4j.linalg.factory.ops.NDNN#pad
 */
export function pad(x: INDArray, padding: INDArray, constant: number): INDArray;
export function pad(x: INDArray, padding: INDArray, mode: PadMode, constant: number): INDArray;
export function pad(x: INDArray, padding: INDArray, third: PadMode | number, fourth?: number): INDArray {
  numericArgument('pad', 'input', x);
  const mode = typeof third === 'number' ? 'CONSTANT' : third;
  if (!Object.hasOwn(PadMode, mode)) {
    throw new ND4JIllegalArgumentException(
      `Cannot pad in mode ${describeValue(mode)}: needed is CONSTANT, REFLECT or SYMMETRIC`,
    );
  }
  const constant = numberArgument('pad', 'constant', typeof third === 'number' ? third : (fourth ?? 0));
  const borders = readBorders(x, padding, mode);
  const shape = x.shape();
  const padded = shape.map((size, d) => size + (borders[d]?.[0] ?? 0) + (borders[d]?.[1] ?? 0));
  const result = x.allocateDense(x.info, padded);
  if (mode === 'CONSTANT') fill(result, constant);
  const begins = borders.map(([before]) => before);
  copy(region(result, begins, shape), x);
  if (mode !== 'CONSTANT') mirror(result, shape, borders, mode === 'REFLECT' ? 1 : 0);
  return result;
}
