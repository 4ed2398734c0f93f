// What regularizations do with numbers: the penalty in the score, and what they add to gradients and updates.

import type { ArrayView } from '../memory/view.ts';
import { reduceAll } from '../ops/reduce.ts';
import { Reduce } from '../ops/reduceCodes.ts';
import { addScaled, addSign } from '../ops/updater.ts';
import {
  type ApplyStep,
  L1Regularization,
  L2Regularization,
  type Regularization,
  WeightDecay,
} from './regularization.ts';

/**
 * The penalty for a parameter: λ Σ|w| for L1, ½ λ Σw² for L2 and for weight decay (whatever the learning rate).
 * @see org.nd4j.linalg.learning.regularization.Regularization#score
 */
export function penaltyOf(
  list: readonly Regularization[],
  parameter: ArrayView,
  iteration: number,
  epoch: number,
): number {
  let penalty = 0;
  for (const each of list) {
    if (each instanceof L1Regularization) {
      penalty += each.l1.valueAt(iteration, epoch) * reduceAll(Reduce.ABS_SUM, parameter);
    } else {
      penalty += 0.5 * coefficientOf(each, iteration, epoch) * reduceAll(Reduce.SQUARED_NORM, parameter);
    }
  }
  return penalty;
}

/**
 * Adds what the regularizations of one step ask for: λ·sign(w) or λ·w to the gradient before the updater, c·w or c·rate·w to the
 * update after it.
 * @see org.nd4j.linalg.learning.regularization.Regularization#apply
 */
export function regularize(
  list: readonly Regularization[],
  step: ApplyStep,
  gradient: ArrayView,
  parameter: ArrayView,
  iteration: number,
  epoch: number,
  rate: number,
): void {
  for (const each of list) {
    if (each.applyStep !== step) continue;
    const coefficient = coefficientOf(each, iteration, epoch);
    if (each instanceof L1Regularization) addSign(gradient, parameter, coefficient);
    else addScaled(gradient, parameter, each instanceof WeightDecay && each.applyLR ? coefficient * rate : coefficient);
  }
}

function coefficientOf(regularization: Regularization, iteration: number, epoch: number): number {
  if (regularization instanceof L1Regularization) return regularization.l1.valueAt(iteration, epoch);
  if (regularization instanceof L2Regularization) return regularization.l2.valueAt(iteration, epoch);
  if (regularization instanceof WeightDecay) return regularization.coeff.valueAt(iteration, epoch);
  throw new TypeError(
    `Cannot apply ${regularization.simpleName}: needed is L1Regularization, L2Regularization or WeightDecay`,
  );
}

/** True when a regularization of the list acts in this step. */
export function actsIn(list: readonly Regularization[], step: ApplyStep): boolean {
  return list.some((each) => each.applyStep === step);
}
