// What the indices of `get` and `put` mean for an array: a view, or for lists of indices a walk over views.

import { describeValue, formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { Geometry, orderOf } from '../core/geometry.ts';
import { resizeDimension } from '../core/slices.ts';
import { type ArrayView, viewed } from '../memory/view.ts';
import type { INDArrayIndex, IntervalIndex } from './ndArrayIndex.ts';

/** A dimension of the result that goes by a list of indices: offsets from the first element, in elements. */
export interface IndexedDimension {
  readonly dimension: number;
  readonly offsets: readonly number[];
}

export interface Selection {
  /** Elements from the first of the array to the first of the selection, lists of indices aside. */
  readonly offset: number;
  /** Of the result. Its strides are meaningless along indexed dimensions. */
  readonly geometry: Geometry;
  /** Empty when the selection is a view. */
  readonly indexed: readonly IndexedDimension[];
}

/** @throws {ND4JIllegalStateException} when the indices do not fit the shape. @throws {TypeError} when one is no index. */
export function select(geometry: Geometry, indices: readonly INDArrayIndex[]): Selection {
  const { rank } = geometry;
  const used = indices.reduce((count, index) => count + (index?.kind === 'newAxis' ? 0 : 1), 0);
  if (used > rank) {
    throw new ND4JIllegalStateException(
      `Cannot get ${used} indices of an array of rank ${rank}: ${place(geometry, indices)}`,
    );
  }
  const shape: number[] = [];
  const strides: number[] = [];
  const indexed: IndexedDimension[] = [];
  let offset = 0;
  let dimension = 0;
  for (const index of indices) {
    if (index?.kind === 'newAxis') {
      shape.push(1);
      strides.push(1);
      continue;
    }
    const size = geometry.shape[dimension] as number;
    const stride = geometry.strides[dimension] as number;
    const refuse = (): never => {
      throw new ND4JIllegalStateException(
        `Indices are out of range: Cannot get ${index.kind} index ${index} on array with size(${dimension})=${size}. ${place(geometry, indices)}`,
      );
    };
    switch (index?.kind) {
      case 'all':
        shape.push(size);
        strides.push(stride);
        break;
      case 'point':
        offset += (positionOf(index.point, size) ?? refuse()) * stride;
        break;
      case 'interval': {
        const [begin, length] = rangeOf(index, size) ?? refuse();
        offset += begin * stride;
        shape.push(length);
        strides.push(stride * index.stride);
        break;
      }
      case 'indices': {
        const offsets = index.indices.map((each) => (positionOf(each, size) ?? refuse()) * stride);
        indexed.push({ dimension: shape.length, offsets });
        shape.push(offsets.length);
        strides.push(stride);
        break;
      }
      default:
        throw new TypeError(
          `Invalid index ${describeValue(index)}: needed are indices made by NDArrayIndex, such as NDArrayIndex.all()`,
        );
    }
    dimension++;
  }
  for (; dimension < rank; dimension++) {
    shape.push(geometry.shape[dimension] as number);
    strides.push(geometry.strides[dimension] as number);
  }
  return { offset, geometry: new Geometry(shape, strides, orderOf(strides)), indexed };
}

function place(geometry: Geometry, indices: readonly INDArrayIndex[]): string {
  return `Array shape: ${formatShape(geometry.shape)}, indices: [${indices.map((each) => (each?.kind === undefined ? describeValue(each) : String(each))).join(', ')}]`;
}

/** Negative ones count from the end; undefined when there is no such index. */
function positionOf(index: number, size: number): number | undefined {
  const position = index < 0 ? index + size : index;
  return position >= 0 && position < size ? position : undefined;
}

/** First index and number of indices; undefined when the interval leaves the dimension or runs backwards. */
function rangeOf(interval: IntervalIndex, size: number): [begin: number, length: number] | undefined {
  const begin = interval.begin < 0 ? interval.begin + size : interval.begin;
  const end = (interval.end < 0 ? interval.end + size : interval.end) + (interval.isInclusive ? 1 : 0);
  if (begin < 0 || end > size || begin > end) return undefined;
  return [begin, Math.ceil((end - begin) / interval.stride)];
}

/**
 * Calls `visit` for every combination of the listed indices with the part of `source` it means and the same part of `dense`,
 * which has the selection's shape. The two views are the same objects each time, with other offsets.
 */
export function walkIndexed(
  source: ArrayView,
  { offset, geometry, indexed }: Selection,
  dense: ArrayView,
  visit: (part: ArrayView, place: ArrayView) => void,
): void {
  if (geometry.length === 0) return;
  let partGeometry = geometry;
  let placeGeometry = dense.geometry;
  for (const { dimension } of indexed) {
    partGeometry = resizeDimension(partGeometry, dimension, 1);
    placeGeometry = resizeDimension(placeGeometry, dimension, 1);
  }
  const part = { ...viewed(source, offset, partGeometry) };
  const place = { ...viewed(dense, 0, placeGeometry) };
  const walk = (level: number): void => {
    const { dimension, offsets } = indexed[level] as IndexedDimension;
    const step = dense.geometry.strides[dimension] as number;
    for (const distance of offsets) {
      part.offset += distance;
      if (level + 1 < indexed.length) walk(level + 1);
      else visit(part, place);
      part.offset -= distance;
      place.offset += step;
    }
    place.offset -= step * offsets.length;
  };
  walk(0);
}
