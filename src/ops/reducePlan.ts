// Writes the plan of a reduction for assembly/kernels/reduce.ts: which dimensions are walked in which order, merged where elements are adjacent.

import { COMPUTE_F32, COMPUTE_F64, COMPUTE_I64, type DataTypeInfo, DOUBLE, FLOAT } from '../core/dataType.ts';
import { type ArrayView, addressOf } from '../memory/view.ts';
import { Axes } from './axes.ts';
import { Reduce } from './reduceCodes.ts';

const FIELDS = 12;

const kept = new Axes();
const reduced = new Axes();

/** Sorts the dimensions of x into kept and reduced ones. Empty `dimensions` reduces all. */
function collect(op: Reduce, out: ArrayView | null, x: ArrayView, y: ArrayView, dimensions: readonly number[]): void {
  const { shape, strides } = x.geometry;
  const yStrides = y.geometry.strides;
  const ordered = op >= Reduce.ARG_MAX && op <= Reduce.LAST_INDEX;
  if (shape.length === 2 && dimensions.length === 1 && out !== null) {
    const d = dimensions[0] as number;
    const k = 1 - d;
    const outStrides = out.geometry.strides;
    kept.only(
      shape[k] as number,
      outStrides[outStrides.length - 1 - (outStrides.length === 2 ? d : 0)] as number,
      strides[k] as number,
      yStrides[k] as number,
    );
    reduced.only(shape[d] as number, 0, strides[d] as number, yStrides[d] as number);
    return;
  }
  if (
    dimensions.length === 0 &&
    y.geometry === x.geometry &&
    (x.geometry.isDenseC || (x.geometry.isDenseF && !ordered))
  ) {
    kept.only(1, 0, 0, 0);
    reduced.only(x.geometry.length, 0, 1, 1);
    return;
  }
  collectAll(ordered, out, x, y, dimensions);
}

function collectAll(
  ordered: boolean,
  out: ArrayView | null,
  x: ArrayView,
  y: ArrayView,
  dimensions: readonly number[],
): void {
  const { shape, strides } = x.geometry;
  const rank = shape.length;
  const keepsRank = out !== null && out.geometry.shape.length === rank;
  kept.clear();
  reduced.clear();
  let next = 0;
  for (let d = 0; d < rank; d++) {
    const size = shape[d] as number;
    const xStride = strides[d] as number;
    const yStride = y.geometry.strides[d] as number;
    if (dimensions.length === 0 || dimensions.includes(d)) {
      if (size !== 1) reduced.add(size, 0, xStride, yStride, ordered);
      continue;
    }
    const outDimension = keepsRank ? d : next++;
    if (size === 1) continue;
    kept.add(size, out === null ? 0 : (out.geometry.strides[outDimension] as number), xStride, yStride, false);
  }
  kept.merge();
  reduced.merge();
}

/** Reductions that walk rows of many outputs at once. */
function hasColumnForm(op: Reduce): boolean {
  switch (op) {
    case Reduce.SUM:
    case Reduce.MEAN:
    case Reduce.MAX:
    case Reduce.MIN:
    case Reduce.NORM2:
    case Reduce.SQUARED_NORM:
    case Reduce.VARIANCE:
    case Reduce.STD:
    case Reduce.ARG_MAX:
    case Reduce.ARG_MIN:
    case Reduce.ARG_ABS_MAX:
    case Reduce.ARG_ABS_MIN:
    case Reduce.DOT:
    case Reduce.EUCLIDEAN:
      return true;
    default:
      return false;
  }
}

/** Reductions that exist in float32; the others compute FLOAT in float64. */
function hasFloatForm(op: Reduce): boolean {
  return hasColumnForm(op) || op === Reduce.ABS_MAX || op === Reduce.ABS_MIN;
}

/** In which arithmetic the kernel works: integers stay exact where the result is one of them or a position. */
function computeOf(op: Reduce, x: DataTypeInfo, y: DataTypeInfo, out: DataTypeInfo): number {
  if (x.compute !== COMPUTE_I64) {
    const isFloat = x.compute === COMPUTE_F32 && (op < Reduce.DOT || y.compute === COMPUTE_F32);
    return isFloat && hasFloatForm(op) ? COMPUTE_F32 : COMPUTE_F64;
  }
  if (op >= Reduce.ARG_MAX && op <= Reduce.ARG_ABS_MIN) return COMPUTE_I64;
  const exact = op === Reduce.SUM || (op >= Reduce.PROD && op <= Reduce.ABS_MIN);
  return exact && out.compute === COMPUTE_I64 ? COMPUTE_I64 : COMPUTE_F64;
}

function operatorOf(op: Reduce, x: DataTypeInfo): Reduce {
  if (x.name !== 'UINT64') return op;
  if (op === Reduce.ABS_MAX) return Reduce.MAX;
  return op === Reduce.ABS_MIN ? Reduce.MIN : op;
}

function writeAxes(
  axes: Axes,
  words: Uint32Array,
  at: number,
  outWidth: number,
  xWidth: number,
  yWidth: number,
): number {
  for (let i = 0; i < axes.length; i++) {
    words[at] = axes.size[i] as number;
    words[at + 1] = (axes.out[i] as number) * outWidth;
    words[at + 2] = (axes.x[i] as number) * xWidth;
    words[at + 3] = (axes.y[i] as number) * yWidth;
    at += 4;
  }
  return at;
}

/**
 * Writes the plan of `out = op(x, y)` along `dimensions` into `words` from index `at` on. `outAddress` and `outInfo` stand for `out`
 * where the result is one number that belongs to no array.
 * @returns false when there is no output to write.
 */
export function writePlan(
  words: Uint32Array,
  at: number,
  op: Reduce,
  out: ArrayView | null,
  outAddress: number,
  outInfo: DataTypeInfo,
  x: ArrayView,
  y: ArrayView,
  dimensions: readonly number[],
): boolean {
  collect(op, out, x, y, dimensions);
  const xInfo = x.buffer.info;
  const yInfo = y.buffer.info;
  const compute = computeOf(op, xInfo, yInfo, outInfo);
  const native = compute === COMPUTE_F32 ? FLOAT : DOUBLE;
  const inner = kept.length - 1;
  const columns =
    kept.x[inner] === 1 &&
    reduced.x[reduced.length - 1] !== 1 &&
    hasColumnForm(op) &&
    xInfo === native &&
    (op < Reduce.DOT || (yInfo === native && kept.y[inner] === 1));
  words[at] = operatorOf(op, xInfo);
  words[at + 1] = compute;
  words[at + 2] = outInfo.code;
  words[at + 3] = xInfo.code;
  words[at + 4] = yInfo.code;
  words[at + 5] = kept.length;
  words[at + 6] = reduced.length;
  words[at + 7] = columns ? 1 : 0;
  words[at + 8] = outAddress;
  words[at + 9] = addressOf(x);
  words[at + 10] = addressOf(y);
  let count = 1;
  for (let i = 0; i < reduced.length; i++) count *= reduced.size[i] as number;
  words[at + 11] = count;
  let next = writeAxes(kept, words, at + FIELDS, outInfo.width, xInfo.width, yInfo.width);
  next = writeAxes(reduced, words, next, outInfo.width, xInfo.width, yInfo.width);
  for (const end = next + kept.length + reduced.length; next < end; next++) words[next] = 0;
  return !kept.isEmpty;
}
