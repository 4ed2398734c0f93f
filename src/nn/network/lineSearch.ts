// Backtracking line search: how far to go along a direction so that the score falls enough.

import type { INDArray } from '../../ndarray/ndarray.ts';
import { Binary, Unary } from '../../ops/codes.ts';
import { binary, binaryScalar, unary } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import { reduceAll, reducePairAll } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';

const LONGEST_STEP = 100;
/** DL4J's constants are floats. */
const RELATIVE_TOLERANCE = Math.fround(1e-7);
const SUFFICIENT = Math.fround(1e-4);
const LEAST_SHRINKING = Math.fround(0.1);
/** A step that moves no parameter by as much is none. @see Nd4j.EPS_THRESHOLD */
const LEAST_MOVE = 1e-5;

/** What a search needs of a network. */
export interface SearchedModel {
  /** The live parameters. */
  readonly params: INDArray;
  /** The live gradient. */
  readonly gradient: INDArray;
  /** Computes gradient and score of the present parameters. */
  evaluate(): number;
}

/** How a direction changes parameters: down (−1) or up (+1) along it; whole steps ignore the length. */
export interface StepRule {
  readonly sign: 1 | -1;
  readonly isWhole: boolean;
}

/** params += sign · step · direction. */
export function takeStep(params: INDArray, direction: INDArray, step: number, rule: StepRule): void {
  binary(Binary.AXPY, params, params, direction, rule.sign * (rule.isWhole ? 1 : step));
}

/** One try of a search. */
interface Try {
  readonly step: number;
  readonly score: number;
}

/**
 * The length of a step along `direction` from `start`; 0 when none is good enough, and then the model has the parameters of the start.
 * A direction longer than 100 is shortened in place.
 * @param candidate an array of the parameters' length, whose contents are lost
 * @see org.deeplearning4j.optimize.solvers.BackTrackLineSearch
 */
export function searchLine(
  model: SearchedModel,
  start: INDArray,
  scoreAtStart: number,
  direction: INDArray,
  candidate: INDArray,
  rule: StepRule,
  tries: number,
): number {
  const length = reduceAll(Reduce.NORM2, direction);
  const slope = -reducePairAll(Reduce.DOT, direction, model.gradient);
  const least = RELATIVE_TOLERANCE / largestRelative(model.gradient, start, candidate);
  if (length > LONGEST_STEP) binaryScalar(Binary.MUL, direction, direction, LONGEST_STEP / length);
  // Going up is going down with all scores turned around.
  const turn = -rule.sign;
  let last: Try = { step: 0, score: scoreAtStart };
  let best: Try = { step: 1, score: scoreAtStart };
  let step = 1;
  for (let index = 0; index < tries; index++) {
    copy(candidate, start);
    takeStep(candidate, direction, step, rule);
    if (step < least || moves(candidate, start) < LEAST_MOVE) return giveUp(model, start);
    const score = scoreOf(model, candidate);
    if (turn * (best.score - score) > 0) best = { step, score };
    if (turn * (score - scoreAtStart) <= SUFFICIENT * step * slope * turn) return step;
    const shorter = nextStep({ step, score }, last, scoreAtStart, slope, turn);
    last = { step, score };
    step = Math.max(shorter, LEAST_SHRINKING * step);
  }
  return turn * (scoreAtStart - best.score) > 0 ? best.step : giveUp(model, start);
}

/** The largest |gradient| / max(|parameter|, 1). */
function largestRelative(gradient: INDArray, params: INDArray, scratch: INDArray): number {
  unary(Unary.ABS, scratch, params);
  binaryScalar(Binary.MAX, scratch, scratch, 1);
  binary(Binary.DIV, scratch, gradient, scratch);
  return reduceAll(Reduce.ABS_MAX, scratch);
}

/** The largest move of a parameter. */
function moves(candidate: INDArray, start: INDArray): number {
  let most = 0;
  const [to, from] = [candidate.buffer.window() as Float64Array, start.buffer.window() as Float64Array];
  for (let index = 0; index < to.length; index++) {
    most = Math.max(most, Math.abs((to[index] as number) - (from[index] as number)));
  }
  return most;
}

function scoreOf(model: SearchedModel, params: INDArray): number {
  copy(model.params, params);
  return model.evaluate();
}

function giveUp(model: SearchedModel, start: INDArray): 0 {
  scoreOf(model, start);
  return 0;
}

/** Where a quadratic, then a cubic through the last two tries has its minimum, at most half as far. */
function nextStep(now: Try, before: Try, scoreAtStart: number, slope: number, turn: number): number {
  const { step, score } = now;
  if (!Number.isFinite(score) || !Number.isFinite(before.score)) return 0.2 * step;
  const rise = turn * (score - scoreAtStart);
  if (step === 1) return -slope / (2 * (rise - slope));
  const first = rise - step * slope;
  const second = turn * (before.score - scoreAtStart) - before.step * slope;
  const a = (first / step ** 2 - second / before.step ** 2) / (step - before.step);
  const b = ((-before.step * first) / step ** 2 + (step * second) / before.step ** 2) / (step - before.step);
  const discriminant = b * b - 3 * a * slope;
  let next = 0.5 * step;
  if (a === 0) next = -slope / (2 * b);
  else if (discriminant >= 0) {
    const root = Math.sqrt(discriminant);
    next = b <= 0 ? (-b + root) / (3 * a) : -slope / (b + root);
  }
  return Math.min(next, 0.5 * step);
}
