// NDLoss: all families of its functions in one object.

import { lossCtc } from './lossCtc.ts';
import { lossElements } from './lossElements.ts';
import { lossRows } from './lossRows.ts';

/**
 * Losses as operations, what `Nd4j.loss()` gives: `loss(labels, predictions, weights, reduction)`. Labels, predictions and weights have one
 * type; weights are null, one number, or an array of the losses' rank whose sizes may be 1; the reduction is the mean by the number of weights
 * that are not 0 unless given. A name with `Bp` gives the gradients of the reduced loss (for NONE of the sum of the losses) of predictions,
 * weights and labels, in this order. Computed in float64; results are new 'c' arrays of the predictions' type.
 * @see org.nd4j.linalg.factory.ops.NDLoss
 */
export const NDLoss = { ...lossElements, ...lossRows, ...lossCtc } as const;
