// Losses between probabilities or margins: cross entropies, divergence, hinges.

import { UnsupportedOperationException } from '../core/errors.ts';
import type { INDArray } from '../ndarray/ndarray.ts';
import { Binary, Unary } from '../ops/codes.ts';
import { binaryScalar, unary } from '../ops/elementwise.ts';
import { logSoftmax } from '../ops/softmax.ts';
import { ActivationSoftmax } from './activations.ts';
import type { LossBinaryXENT, LossHinge, LossKLD, LossMCXENT, LossSquaredHinge } from './losses.ts';
import {
  applyMask,
  applyWeights,
  isPerOutput,
  type LossCall,
  type LossRow,
  predictions,
  release,
  rowOf,
  throughActivation,
} from './lossRow.ts';
import { EPS_THRESHOLD } from './regressionLosses.ts';

/** Keeps p within [distance, 1 − distance]; NaN stays. */
function clip(p: INDArray, distance: number): void {
  if (distance > 0) unary(Unary.CLIP, p, p, distance, 1 - distance);
}

/** −y ln p. With softmax p is clipped in the score and the gradient is p − y, or p·Σ(w y) − w y with weights. */
export const mcxent: LossRow<LossMCXENT> = {
  terms: (call) => {
    const { loss, labels, activation, mask } = call;
    const p = predictions(call);
    if (activation instanceof ActivationSoftmax) clip(p, loss.softmaxClipEps);
    unary(Unary.LOG, p, p);
    p.muli(labels);
    applyWeights(p, loss);
    applyMask(p, mask);
    return p.negi();
  },
  gradient: (call) => {
    const { loss, labels, activation, mask } = call;
    const p = predictions(call);
    if (activation instanceof ActivationSoftmax) {
      if (mask !== null && isPerOutput(p, mask)) {
        throw new UnsupportedOperationException('Per output masking for MCXENT + softmax: not supported');
      }
      const gradient = loss.weights === null ? p.subi(labels) : weightedSoftmax(p, labels, loss);
      applyMask(gradient, mask);
      return gradient;
    }
    const slopes = throughActivation({ ...call, mask: null }, p.rdivi(labels).negi());
    applyWeights(slopes, loss);
    applyMask(slopes, mask);
    return slopes;
  },
};

function weightedSoftmax(p: INDArray, labels: INDArray, loss: LossMCXENT): INDArray {
  const weighted = labels.dup();
  applyWeights(weighted, loss);
  const sums = weighted.sum(true, 1);
  p.muliColumnVector(sums).subi(weighted);
  release(weighted, sums);
  return p;
}

/** −(y ln p + (1 − y) ln(1 − p)), p clipped in score and gradient. With softmax the score is −y ln p alone, as in M2.1. */
export const binaryXent: LossRow<LossBinaryXENT> = {
  terms: (call) => {
    const { loss, labels, mask } = call;
    const terms = binaryTerms(call);
    terms.muli(labels);
    if (!(call.activation instanceof ActivationSoftmax)) {
      const rest = predictions(call);
      clip(rest, loss.clipEps);
      rest.rsubi(1);
      unary(Unary.LOG, rest, rest);
      const others = labels.rsub(1);
      terms.addi(rest.muli(others));
      release(rest, others);
    }
    applyWeights(terms, loss);
    applyMask(terms, mask);
    return terms.negi();
  },
  gradient: (call) => {
    const { loss, labels } = call;
    const p = predictions(call);
    clip(p, loss.clipEps);
    const slopes = p.sub(labels);
    unary(Unary.TIMES_ONE_MINUS, p, p);
    slopes.divi(p);
    release(p);
    throughActivation(call, slopes);
    // Unlike in most losses the weights come after the activation.
    applyWeights(slopes, loss);
    return slopes;
  },
};

/** ln p */
function binaryTerms(call: LossCall<LossBinaryXENT>): INDArray {
  const { z, activation, loss } = call;
  if (activation instanceof ActivationSoftmax) {
    const logarithms = z.ulike();
    logSoftmax(logarithms, z, 1);
    return logarithms;
  }
  const p = predictions(call);
  clip(p, loss.clipEps);
  unary(Unary.LOG, p, p);
  return p;
}

/** y ln(y / p), both within [1e-5, 1] for the score alone. */
export const kld: LossRow<LossKLD> = rowOf({
  value: (p, y) => {
    const truth = y.ulike();
    unary(Unary.CLIP, p, p, EPS_THRESHOLD, 1);
    unary(Unary.CLIP, truth, y, EPS_THRESHOLD, 1);
    p.rdivi(truth);
    unary(Unary.LOG, p, p);
    p.muli(truth);
    release(truth);
    return p;
  },
  slope: (p, y) => p.rdivi(y).negi(),
});

/** 1 − y p, masked. */
function margins(call: LossCall): INDArray {
  const p = predictions(call);
  p.muli(call.labels).rsubi(1);
  applyMask(p, call.mask);
  return p;
}
function positivePart(x: INDArray): INDArray {
  unary(Unary.CLIP, x, x, 0, Number.POSITIVE_INFINITY);
  return x;
}

/** max(0, 1 − y p), labels −1 and 1. */
export const hinge: LossRow<LossHinge> = {
  terms: (call) => positivePart(margins(call)),
  gradient: (call) => {
    const slopes = margins(call);
    binaryScalar(Binary.GT, slopes, slopes, 0);
    return throughActivation(call, slopes.muli(call.labels).negi());
  },
};

/** max(0, 1 − y p)². As in M2.1 a fractional mask acts before the square. */
export const squaredHinge: LossRow<LossSquaredHinge> = {
  terms: (call) => {
    const positive = positivePart(margins(call));
    return positive.muli(positive);
  },
  gradient: (call) => throughActivation(call, positivePart(margins(call)).muli(-2).muli(call.labels)),
};
