// What constraints do to parameters: projections, after every update.

import { DL4JInvalidConfigException } from '../core/errors.ts';
import { broadcastTo, denseGeometry, Geometry, normalizeDimension } from '../core/geometry.ts';
import { DataBuffer } from '../memory/buffer.ts';
import type { ArrayView } from '../memory/view.ts';
import { Binary, Unary } from '../ops/codes.ts';
import { binary, binaryScalar, unary } from '../ops/elementwise.ts';
import { copy } from '../ops/layout.ts';
import { reduce } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import {
  type LayerConstraint,
  MaxNormConstraint,
  MinMaxNormConstraint,
  NonNegativeConstraint,
  UnitNormConstraint,
} from './constraints.ts';

/**
 * Projects a parameter in place, twice as M2.1 does; that matters only for MinMaxNormConstraint with a rate below 1 and where ε does.
 * @see org.deeplearning4j.nn.conf.constraint.BaseConstraint
 */
export function constrain(constraint: LayerConstraint, parameter: ArrayView): void {
  for (let time = 0; time < 2; time++) {
    if (constraint instanceof NonNegativeConstraint) binaryScalar(Binary.MAX, parameter, parameter, 0);
    else scaleByNorm(constraint, parameter);
  }
}

/** parameter *= factor(norm) along the constraint's dimensions. */
function scaleByNorm(constraint: LayerConstraint, parameter: ArrayView): void {
  const { shape, rank } = parameter.geometry;
  const dimensions = dimensionsOf(constraint, rank);
  const reduced = denseGeometry(shape.map((size, dimension) => (dimensions.includes(dimension) ? 1 : size)));
  const buffer = DataBuffer.allocateDetached(parameter.buffer.info, 2 * reduced.length, false);
  try {
    const norm = { buffer, offset: 0, geometry: reduced };
    const factor = { buffer, offset: reduced.length, geometry: reduced };
    reduce(Reduce.NORM2, norm, parameter, dimensions);
    fillFactor(constraint, factor, norm);
    const { strides } = broadcastTo(reduced, shape);
    binary(Binary.MUL, parameter, parameter, { ...factor, geometry: new Geometry(shape, strides, 'c') });
  } finally {
    buffer.close();
  }
}

function fillFactor(constraint: LayerConstraint, factor: ArrayView, norm: ArrayView): void {
  if (constraint instanceof UnitNormConstraint) {
    unary(Unary.RECIPROCAL, factor, norm);
    return;
  }
  copy(factor, norm);
  binaryScalar(Binary.ADD, norm, norm, constraint.epsilon);
  if (constraint instanceof MaxNormConstraint) binaryScalar(Binary.MIN, factor, factor, constraint.maxNorm);
  else if (constraint instanceof MinMaxNormConstraint)
    unary(Unary.CLIP, factor, factor, constraint.min, constraint.max);
  else {
    throw new DL4JInvalidConfigException(`Cannot apply ${constraint.simpleName}: needed is one of DL4J's constraints`);
  }
  binary(Binary.DIV, factor, factor, norm);
  if (!(constraint instanceof MinMaxNormConstraint) || constraint.rate === 1) return;
  binaryScalar(Binary.MUL, factor, factor, constraint.rate);
  // M2.1 adds the norm where the paper adds 1.
  binary(Binary.AXPY, factor, factor, norm, 1 - constraint.rate);
}

/** The dimensions of a norm; a vector has one, whichever is named (M2.1 refuses dimension 1 of a bias). */
function dimensionsOf({ dimensions, simpleName }: LayerConstraint, rank: number): number[] {
  if (rank === 1) return [0];
  return (dimensions ?? []).map((dimension) => normalizeDimension(dimension, rank, `dimension of ${simpleName}`));
}
