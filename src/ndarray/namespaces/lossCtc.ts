// NDLoss: connectionist temporal classification.

import { ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { type CtcSequence, ctcGradient, ctcLoss as lossOf } from '../../ops/ctcLoss.ts';
import { readNumbers, writeNumbers } from '../../ops/numbers.ts';
import { countArgument } from '../arguments.ts';
import type { INDArray } from '../ndarray.ts';
import { isInteger } from '../operands.ts';
import { arrayArgument, floatingArgument, requireShape } from './arrayArguments.ts';

const NAME = 'ctcLoss';

/** An integer array as numbers. @throws {ND4JIllegalStateException} */
function whole(what: string, x: INDArray, shape: readonly number[]): Float64Array {
  arrayArgument(NAME, what, x);
  if (!isInteger(x.info) || x.dataType() === 'BOOL') {
    throw new ND4JIllegalStateException(
      `Cannot ${NAME} with ${what} of type ${x.info.name}: needed is an integer type`,
    );
  }
  requireShape(NAME, what, x, shape);
  return readNumbers(x);
}

function requireRange(what: string, values: Float64Array, most: number): void {
  const wrong = values.find((value) => value < 0 || value > most);
  if (wrong === undefined) return;
  throw new ND4JIllegalStateException(`Cannot ${NAME} with ${wrong} in ${what}: needed are 0 to ${most}`);
}

/** The sequences of a batch. @throws {ND4JIllegalStateException} when shapes, types, lengths or labels do not fit */
function sequences(
  targetLabels: INDArray,
  logitInput: INDArray,
  targetLabelLengths: INDArray,
  logitInputLengths: INDArray,
  blankIndex: number,
): CtcSequence[] {
  floatingArgument(NAME, 'logitInput', logitInput);
  requireShape(NAME, 'logitInput', logitInput, [-1, -1, -1]);
  const [batch = 0, frames = 0, classes = 0] = logitInput.geometry.shape;
  const labels = whole('targetLabels', targetLabels, [batch, -1]);
  const labelLengths = whole('targetLabelLengths', targetLabelLengths, [batch]);
  const frameLengths = whole('logitInputLengths', logitInputLengths, [batch]);
  const longest = targetLabels.size(1);
  countArgument(blankIndex, 'blankIndex');
  if (blankIndex >= classes) {
    throw new ND4JIllegalStateException(`Cannot ${NAME} with blankIndex ${blankIndex}: needed are 0 to ${classes - 1}`);
  }
  requireRange('targetLabels', labels, classes - 1);
  requireRange('targetLabelLengths', labelLengths, longest);
  requireRange('logitInputLengths', frameLengths, frames);
  const numbers = readNumbers(logitInput);
  return Array.from({ length: batch }, (_, n) => ({
    logProbabilities: numbers.subarray(n * frames * classes, (n + 1) * frames * classes),
    frames: frameLengths[n] as number,
    classes,
    labels: labels.subarray(n * longest, n * longest + (labelLengths[n] as number)),
    blank: blankIndex,
  }));
}

/**
 * −ln P(labels | frames) for each sequence, [batch]; ∞ where the frames are too few. `logitInput` [batch, frames, classes] holds
 * log-probabilities (a log-softmax made them), labels and lengths are integers [batch, labels], [batch], [batch]. M2.1's method always fails,
 * because it names no blank: here it is class 0 unless given.
 * @throws {ND4JIllegalStateException} when shapes, types, lengths or labels do not fit
 * @see org.nd4j.linalg.factory.ops.NDLoss
 */
function ctcLoss(
  targetLabels: INDArray,
  logitInput: INDArray,
  targetLabelLengths: INDArray,
  logitInputLengths: INDArray,
  blankIndex: number = 0,
): INDArray {
  const all = sequences(targetLabels, logitInput, targetLabelLengths, logitInputLengths, blankIndex);
  const result = logitInput.allocate(logitInput.info, denseGeometry([all.length]));
  writeNumbers(result, Float64Array.from(all, lossOf));
  return result;
}

/**
 * [gradient of the input of the log-softmax that made `logitInput`]: e^logit − P(class at the frame | labels); 0 behind a sequence's last frame.
 * @see ctcLoss
 */
function ctcLossBp(
  targetLabels: INDArray,
  logitInput: INDArray,
  targetLabelLengths: INDArray,
  logitInputLengths: INDArray,
  blankIndex: number = 0,
): INDArray[] {
  const all = sequences(targetLabels, logitInput, targetLabelLengths, logitInputLengths, blankIndex);
  const values = new Float64Array(logitInput.length());
  all.forEach((sequence, n) => {
    values.set(ctcGradient(sequence), n * sequence.logProbabilities.length);
  });
  const result = logitInput.allocate(logitInput.info, denseGeometry(logitInput.geometry.shape));
  writeNumbers(result, values);
  return [result];
}

/** CTC and its gradient. */
export const lossCtc = { ctcLoss, ctcLossBp } as const;
