// Broadcast: one array combined with a smaller one along named dimensions, into a given result.

import { BOOL } from '../core/dataType.ts';
import { formatShape, ND4JIllegalStateException } from '../core/errors.ts';
import { Geometry, normalizeDimension, sameShape } from '../core/geometry.ts';
import { checkArgument } from '../memory/validity.ts';
import { Binary } from '../ops/codes.ts';
import { binary } from '../ops/elementwise.ts';
import { requireResult } from './arithmetic.ts';
import { verified } from './execution/profiler.ts';
import type { INDArray } from './ndarray.ts';
import { requireElements, requireSameType } from './operands.ts';

/** What every method of `Broadcast` is: z = x op y, y repeated along all dimensions of x but those named; z, or a new array for null. */
export type BroadcastOperation = (x: INDArray, y: INDArray, z: INDArray | null, ...dimensions: number[]) => INDArray;

function operation(name: string, op: Binary): BroadcastOperation {
  const words = `Broadcast.${name}`;
  const answersBool = op >= Binary.EQ && op <= Binary.LTE;
  return (x, y, z, ...dimensions) => {
    checkArgument(words, 'X', x);
    checkArgument(words, 'Y', y);
    if (z !== null) checkArgument(words, 'Z', z);
    requireElements(words, x);
    requireSameType(words, x, y);
    const along = viewAlong(words, x, y, dimensions);
    const info = answersBool ? BOOL : x.info;
    if (z !== null) requireResult(words, z, x.geometry.shape, info);
    const result = z ?? x.allocateDense(info, x.geometry.shape, x.geometry.order);
    binary(op, result, x, along);
    return verified(words, result, z === null);
  };
}

/** y seen with x's rank: its dimensions at the places named, size 1 elsewhere. */
function viewAlong(name: string, x: INDArray, y: INDArray, dimensions: readonly number[]): INDArray {
  const rank = x.rank();
  const named = dimensions.map((dimension) => normalizeDimension(dimension, rank));
  const shape = x.geometry.shape.map((size, dimension) => (named.includes(dimension) ? size : 1));
  const needed = named.map((dimension) => x.size(dimension));
  if (sameShape(y.geometry.shape, needed)) {
    const strides = new Array<number>(rank).fill(1);
    named.forEach((dimension, at) => {
      strides[dimension] = y.geometry.strides[at] as number;
    });
    return y.viewOf(y.offset, new Geometry(shape, strides, 'c'));
  }
  const squeezed = y.geometry.shape.filter((size) => size !== 1);
  if (y.length() === needed.reduce((product, size) => product * size, 1) && squeezed.length <= 1)
    return y.reshape(...shape);
  throw new ND4JIllegalStateException(
    `Cannot ${name} ${formatShape(x.geometry.shape)} and ${formatShape(y.geometry.shape)} along dimensions ${formatShape(dimensions)}: the second must have shape ${formatShape(needed)}`,
  );
}

/**
 * Operations of an array with a smaller one along named dimensions, into `z`: `Broadcast.add(x, bias, z, 1)` adds bias[j] to every x[…, j, …].
 * x and y have one type; comparisons give BOOL. @throws {ND4JIllegalStateException} when y does not have the sizes of x's named dimensions.
 * @see org.nd4j.linalg.factory.Broadcast
 */
export const Broadcast = {
  /** z = x + y. */
  add: operation('add', Binary.ADD),
  /** z = x − y. */
  sub: operation('sub', Binary.SUB),
  /** z = x · y. */
  mul: operation('mul', Binary.MUL),
  /** z = x / y. */
  div: operation('div', Binary.DIV),
  /** z = y − x. */
  rsub: operation('rsub', Binary.RSUB),
  /** z = y / x. */
  rdiv: operation('rdiv', Binary.RDIV),
  /** z = y, repeated. */
  copy: operation('copy', Binary.COPY),
  /** z = the larger of both. */
  max: operation('max', Binary.MAX),
  /** z = the smaller of both. */
  min: operation('min', Binary.MIN),
  /** z = x > y. */
  gt: operation('gt', Binary.GT),
  /** z = x ≥ y. */
  gte: operation('gte', Binary.GTE),
  /** z = x < y. */
  lt: operation('lt', Binary.LT),
  /** z = x ≤ y. */
  lte: operation('lte', Binary.LTE),
  /** z = (x = y). */
  eq: operation('eq', Binary.EQ),
  /** z = (x ≠ y). */
  neq: operation('neq', Binary.NEQ),
} as const;
