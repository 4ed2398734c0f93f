// Losses that are not sums over outputs: F-measure of a batch, pairs of labels, mixtures of Gaussians.

import { DL4JInvalidInputException, UnsupportedOperationException } from '../core/errors.ts';
import type { INDArray } from '../ndarray/ndarray.ts';
import { activate } from './activationFunctions.ts';
import type { LossFMeasure, LossMixtureDensity, LossMultiLabel } from './losses.ts';
import { applyMask, type LossCall, type LossRow, predictions, release, throughActivation } from './lossRow.ts';

/** Rows of a matrix as numbers. */
function numbers(x: INDArray): number[][] {
  return Array.from({ length: x.size(0) }, (_, i) =>
    Array.from({ length: x.size(1) }, (_each, j) => x.getDouble(i, j)),
  );
}

/** A matrix like `x` from rows of numbers. */
function arrayLike(x: INDArray, rows: readonly (readonly number[])[]): INDArray {
  const result = x.allocateDense(x.info, [rows.length, rows[0]?.length ?? x.size(1)]);
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      result.putScalar(i, j, value);
    });
  });
  return result;
}

/** Factors of the examples; all 1 without a mask. */
function exampleMask({ mask, z }: LossCall): number[] {
  const rows = z.size(0);
  if (mask === null) return new Array<number>(rows).fill(1);
  const values = numbers(mask.reshape(mask.length(), 1)).map(([value]) => value as number);
  if (values.length === rows) return values;
  throw new DL4JInvalidInputException(
    `Invalid mask array: found ${values.length} elements, needed is a column vector of ${rows}`,
  );
}

/** Numerator and denominator of F, counting probabilities instead of decisions. */
function fMeasureParts(call: LossCall<LossFMeasure>): [number, number] {
  const outputs = call.labels.size(1);
  if (outputs !== 1 && outputs !== 2) {
    throw new UnsupportedOperationException(`For binary classification: expect output size of 1 or 2. Got: ${outputs}`);
  }
  const p = predictions(call);
  const rows = numbers(p);
  release(p);
  const labels = numbers(call.labels);
  const mask = exampleMask(call);
  let hits = 0;
  let falseAlarms = 0;
  let misses = 0;
  rows.forEach((row, i) => {
    const factor = mask[i] as number;
    const label = labels[i] as number[];
    const last = row.at(-1) as number;
    const first = outputs === 1 ? 1 - last : (row[0] as number);
    const positive = factor * (label.at(-1) as number);
    const negative = factor * (outputs === 1 ? Number(label[0] === 0) : (label[0] as number));
    hits += positive * last;
    falseAlarms += negative * last;
    misses += positive * first;
  });
  const square = call.loss.beta ** 2;
  return [(1 + square) * hits, (1 + square) * hits + square * misses + falseAlarms];
}

/** 1 − F over the whole batch, of one output or two. */
export const fMeasure: LossRow<LossFMeasure> = {
  terms: () => {
    throw new UnsupportedOperationException(
      'Cannot compute score array for FMeasure loss function: loss is only defined for minibatches',
    );
  },
  batchScore: (call) => {
    const [numerator, denominator] = fMeasureParts(call);
    return numerator === 0 && denominator === 0 ? 0 : 1 - numerator / denominator;
  },
  gradient: (call) => {
    const { labels, loss, z } = call;
    const [numerator, denominator] = fMeasureParts(call);
    if (numerator === 0 && denominator === 0) return z.ulike().assign(0);
    const offset = numerator / (denominator * denominator);
    const slopes = numbers(labels).map((row) =>
      row.map((label, column) =>
        column === row.length - 1 ? -((label * (1 + loss.beta ** 2)) / denominator - offset) : 0,
      ),
    );
    return throughActivation(call, arrayLike(z, slopes));
  },
};

/** exp(p_j − p_i) / (|P| |N|) for each positive i and negative j of an example; nothing where all or no labels are positive. */
function pairTerms(
  p: readonly number[],
  y: readonly number[],
  visit: (i: number, j: number, term: number) => void,
): void {
  const positives = y.reduce((sum, each) => sum + each, 0);
  const negatives = y.filter((each) => each === 0).length;
  const norm = positives * negatives;
  if (norm === 0) return;
  y.forEach((label, i) => {
    if (label === 0) return;
    y.forEach((other, j) => {
      if (other === 0) visit(i, j, (Math.exp((p[j] as number) - (p[i] as number)) * label) / norm);
    });
  });
}

/** Σ exp(p_negative − p_positive) / (|P| |N|); the terms stand at the negative label. */
export const multiLabel: LossRow<LossMultiLabel> = {
  terms: (call) => {
    const terms = pairSums(call, (sums, _i, j, term) => {
      sums[j] = (sums[j] as number) + term;
    });
    applyMask(terms, call.mask);
    return terms;
  },
  gradient: (call) => {
    const slopes = pairSums(call, (sums, i, j, term) => {
      sums[j] = (sums[j] as number) + term;
      sums[i] = (sums[i] as number) - term;
    });
    // Unlike in other losses a mask of outputs acts after the activation only.
    const gradient = throughActivation({ ...call, mask: null }, slopes);
    applyMask(gradient, call.mask);
    return gradient;
  },
};

function pairSums(
  call: LossCall<LossMultiLabel>,
  collect: (sums: number[], i: number, j: number, term: number) => void,
): INDArray {
  const p = predictions(call);
  const labels = numbers(call.labels);
  const rows = numbers(p).map((row, example) => {
    const sums = new Array<number>(row.length).fill(0);
    pairTerms(row, labels[example] as number[], (i, j, term) => collect(sums, i, j, term));
    return sums;
  });
  release(p);
  return arrayLike(call.z, rows);
}

/** One example's mixture: weights α, deviations σ, squared distances of the label from each mean, and label − mean. */
interface Mixture {
  readonly alpha: number[];
  readonly sigma: number[];
  readonly squares: number[];
  readonly differences: number[][];
}

function mixturesOf(call: LossCall<LossMixtureDensity>): Mixture[] {
  const { loss, z, activation } = call;
  const { mixtures, labelWidth } = loss;
  if (z.size(1) !== (labelWidth + 2) * mixtures) {
    throw new DL4JInvalidInputException(
      `Network output size ${z.size(1)} must be (labels+2)*mixtures where labels = ${labelWidth} and mixtures = ${mixtures}`,
    );
  }
  const output = z.ulike();
  activate(activation, output, z, false);
  const labels = numbers(call.labels);
  const found = numbers(output).map((row, example) =>
    mixtureOf(row, labels[example] as number[], mixtures, labelWidth),
  );
  release(output);
  return found;
}

/** Outputs are α (before softmax), σ (before exp), then the means of the first mixture, of the second … */
function mixtureOf(row: readonly number[], label: readonly number[], mixtures: number, width: number): Mixture {
  const largest = Math.max(...row.slice(0, mixtures));
  const powers = row.slice(0, mixtures).map((each) => Math.exp(each - largest));
  const total = powers.reduce((sum, each) => sum + each, 0);
  const differences = Array.from({ length: mixtures }, (_, k) =>
    label.map((each, i) => each - (row[2 * mixtures + k * width + i] as number)),
  );
  return {
    alpha: powers.map((each) => each / total),
    sigma: row.slice(mixtures, 2 * mixtures).map(Math.exp),
    squares: differences.map((each) => each.reduce((sum, d) => sum + d * d, 0)),
    differences,
  };
}

/** α / (σ √2π)^width */
function heights({ alpha, sigma }: Mixture, width: number): number[] {
  return alpha.map((each, k) => each / ((sigma[k] as number) * Math.sqrt(2 * Math.PI)) ** width);
}

/** −(label − mean)² / 2σ² */
function exponents({ squares, sigma }: Mixture): number[] {
  return squares.map((each, k) => -each / (2 * (sigma[k] as number) ** 2));
}

/** −ln Σ α N(y; μ, σ): negative log likelihood of a mixture of Gaussians. @see Bishop, Mixture density networks, equations 23, 28 */
export const mixtureDensity: LossRow<LossMixtureDensity> = {
  terms: (call) => {
    const scores = mixturesOf(call).map((mixture) => {
      const powers = exponents(mixture).map(Math.exp);
      const likelihood = heights(mixture, call.loss.labelWidth).reduce(
        (sum, each, k) => sum + each * (powers[k] as number),
        0,
      );
      return [-Math.log(likelihood)];
    });
    const terms = arrayLike(call.z, scores);
    applyMask(terms, call.mask);
    return terms;
  },
  gradient: (call) => {
    const width = call.loss.labelWidth;
    const slopes = mixturesOf(call).map((mixture) => mixtureSlopes(mixture, width));
    const gradient = throughActivation({ ...call, mask: null }, arrayLike(call.z, slopes));
    applyMask(gradient, call.mask);
    return gradient;
  },
};

/** Derivatives by α, σ and μ before their functions. @see Bishop, equations 30, 35, 38, 39 */
function mixtureSlopes(mixture: Mixture, width: number): number[] {
  const { alpha, sigma, squares, differences } = mixture;
  const powers = exponents(mixture);
  const largest = Math.max(...powers);
  const shares = heights(mixture, width).map((each, k) => each * Math.exp((powers[k] as number) - largest));
  const total = shares.reduce((sum, each) => sum + each, 0);
  const pi = shares.map((each) => each / total);
  const variance = sigma.map((each) => each * each);
  return [
    ...alpha.map((each, k) => each - (pi[k] as number)),
    ...squares.map((each, k) => -(each / (variance[k] as number) - width) * (pi[k] as number)),
    ...differences.flatMap((row, k) => row.map((d) => (-d * (pi[k] as number)) / (variance[k] as number))),
  ];
}
