// Losses between numbers: squared, absolute, relative, logarithmic, Poisson, cosine, Wasserstein.

import type { INDArray } from '../ndarray/ndarray.ts';
import { Unary } from '../ops/codes.ts';
import { unary } from '../ops/elementwise.ts';
import type {
  LossCosineProximity,
  LossL1,
  LossL2,
  LossMAE,
  LossMAPE,
  LossMSE,
  LossMSLE,
  LossPoisson,
  LossWasserstein,
} from './losses.ts';
import {
  applyMask,
  type LossCall,
  type LossRow,
  predictions,
  refusePerOutput,
  release,
  rowOf,
  throughActivation,
} from './lossRow.ts';

/** Norms and logarithms' arguments are kept at least this far from 0. @see Nd4j.EPS_THRESHOLD */
export const EPS_THRESHOLD = 1e-5;

const outputsOf = (y: INDArray): number => y.size(1);
const perOutput = (outputs: number): number => outputs;

/** (y − p)² */
export const l2: LossRow<LossL2 | LossMSE> = rowOf({
  value: (p, y) => {
    const difference = p.rsubi(y);
    return difference.muli(difference);
  },
  slope: (p, y) => p.subi(y).muli(2),
});

/** (y − p)² / n */
export const mse: LossRow<LossMSE> = dividedGradient(l2);

/** |y − p| */
export const l1: LossRow<LossL1 | LossMAE> = rowOf({
  value: (p, y) => {
    p.rsubi(y);
    unary(Unary.ABS, p, p);
    return p;
  },
  slope: (p, y) => {
    p.subi(y);
    unary(Unary.SIGN, p, p);
    return p;
  },
});

/** |y − p| / n; single examples are not divided, as in M2.1. */
export const mae: LossRow<LossMAE> = { ...dividedGradient(l1), exampleDivisor: () => 1 };

/** 100/n · |(y − p) / y| */
export const mape: LossRow<LossMAPE> = rowOf({
  value: (p, y) => {
    p.rsubi(y).divi(y);
    unary(Unary.ABS, p, p);
    return p.muli(100 / outputsOf(y));
  },
  slope: (p, y) => {
    p.rsubi(y);
    unary(Unary.SIGN, p, p);
    const sizes = y.ulike();
    unary(Unary.ABS, sizes, y);
    p.divi(sizes).muli(-100 / outputsOf(y));
    release(sizes);
    return p;
  },
});

/** ln((p + 1) / (y + 1)), in the place of p + 1. */
function logRatio(p1: INDArray, y: INDArray): INDArray {
  const y1 = y.add(1);
  p1.divi(y1);
  unary(Unary.LOG, p1, p1);
  release(y1);
  return p1;
}

/** ln((p + 1) / (y + 1))² / n */
export const msle: LossRow<LossMSLE> = rowOf({
  value: (p, y) => {
    const ratio = logRatio(p.addi(1), y);
    return ratio.muli(ratio).divi(outputsOf(y));
  },
  slope: (p, y) => {
    const p1 = p.addi(1);
    const slopes = p1.rdiv(2 / outputsOf(y));
    return slopes.muli(logRatio(p1, y));
  },
});

/** p − y ln p */
export const poisson: LossRow<LossPoisson> = rowOf({
  value: (p, y) => {
    const terms = p.ulike();
    unary(Unary.LOG, terms, p);
    terms.muli(y);
    const result = p.sub(terms);
    release(terms);
    return result;
  },
  slope: (p, y) => p.rdivi(y).rsubi(1),
});

/** y p, averaged over the outputs of an example */
export const wasserstein: LossRow<LossWasserstein> = {
  ...rowOf<LossWasserstein>({
    value: (p, y) => p.muli(y),
    slope: (_p, y) => y.div(outputsOf(y)),
  }),
  divisor: perOutput,
};

/** A loss of which both the score and the gradient are divided by the number of outputs at the end. */
function dividedGradient<T extends LossMSE | LossMAE>(row: LossRow<T>): LossRow<T> {
  return {
    ...row,
    gradient: (call) => row.gradient(call).divi(outputsOf(call.labels)),
    divisor: perOutput,
  };
}

/** Norms of the rows, [N, 1]. */
function rowNorms(x: INDArray): INDArray {
  return x.norm2(true, 1);
}
function atLeastThreshold(x: INDArray): INDArray {
  unary(Unary.CLIP, x, x, EPS_THRESHOLD, Number.POSITIVE_INFINITY);
  return x;
}

const REFUSED = 'Expected column vector mask array for LossCosineProximity; per-output masking is not supported';

/** −y·p / (‖y‖ ‖p‖) */
export const cosineProximity: LossRow<LossCosineProximity> = {
  terms: (call) => {
    const { labels: y, mask } = call;
    refusePerOutput(mask, REFUSED);
    const p = predictions(call);
    const pNorms = atLeastThreshold(rowNorms(p));
    const yNorms = atLeastThreshold(rowNorms(y));
    p.muli(y).diviColumnVector(pNorms).diviColumnVector(yNorms);
    release(pNorms, yNorms);
    applyMask(p, mask);
    return p.negi();
  },
  gradient: (call) => throughActivation(call, cosineSlopes(call)),
};

/** −(y ‖p‖² − p (y·p)) / (‖y‖ ‖p‖ ‖p‖²), each norm bounded only where it divides. */
function cosineSlopes(call: LossCall): INDArray {
  const { labels: y, mask } = call;
  refusePerOutput(mask, REFUSED);
  const p = predictions(call);
  const yNorms = rowNorms(y);
  const pNorms = rowNorms(p);
  const pSquares = pNorms.mul(pNorms);
  const products = y.mul(p);
  const dots = products.sum(true, 1);
  const slopes = y.mulColumnVector(pSquares);
  slopes.subi(p.muliColumnVector(dots));
  slopes.diviColumnVector(atLeastThreshold(yNorms));
  slopes.diviColumnVector(atLeastThreshold(pNorms).muli(atLeastThreshold(pSquares)));
  release(p, yNorms, pNorms, pSquares, products, dots);
  return slopes.negi();
}
