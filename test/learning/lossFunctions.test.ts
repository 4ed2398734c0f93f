import { describe, expect, test } from 'vitest';
import { type DataType, dataTypeInfo } from '../../src/core/dataType.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { type Activation, activationOf } from '../../src/learning/activations.ts';
import {
  type ILossFunction,
  LossBinaryXENT,
  LossFMeasure,
  LossFunction,
  LossMCXENT,
  LossMixtureDensity,
  LossMSE,
  LossMultiLabel,
  LossSparseMCXENT,
  lossOf,
} from '../../src/learning/losses.ts';
import { computeGradient, computeScore, computeScoreArray } from '../../src/learning/lossFunctions.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { expectClose } from '../support/close.ts';
import { noise } from '../support/views.ts';

function matrix(rows: readonly (readonly number[])[], type: DataType = 'DOUBLE'): NDArray {
  const shape = [rows.length, rows[0]?.length ?? 0];
  const buffer = DataBuffer.allocateDetached(dataTypeInfo(type), rows.length * (shape[1] as number), true);
  (buffer.window() as Float64Array).set(rows.flat());
  return new NDArray(buffer, 0, denseGeometry(shape));
}

function elements(x: NDArray): number[] {
  const found: number[] = [];
  for (let i = 0; i < x.size(0); i++) for (let j = 0; j < x.size(1); j++) found.push(x.getDouble(i, j));
  return found;
}

const ROWS = 3;
const COLUMNS = 4;
/** Pre-activations away from kinks. */
const Z = Array.from({ length: ROWS }, (_, i) => noise(COLUMNS, i + 1).map((each) => 1.7 * each + 0.05));

/** Labels that a loss is made for. */
function labelsFor(name: string): number[][] {
  return Array.from({ length: ROWS }, (_, i) =>
    Array.from({ length: COLUMNS }, (_each, j) => {
      const positive = (i + j) % 3 === 0;
      if (/HINGE|WASSERSTEIN/.test(name)) return positive ? 1 : -1;
      if (/MCXENT|LIKELIHOOD/.test(name)) return j === i ? 1 : 0;
      if (/XENT|MULTI/.test(name)) return positive ? 1 : 0;
      if (/KL|RECONSTRUCTION|POISSON|LOGARITHMIC/.test(name)) return 0.2 + 0.1 * ((i + 2 * j) % 5);
      return 0.3 * (i - j) + 0.15;
    }),
  );
}

/** Activations whose range a loss can take. */
function activationsFor(name: string): Activation[] {
  if (/MCXENT|LIKELIHOOD/.test(name)) return ['SOFTMAX', 'SIGMOID'];
  // Scores of KL divergence clip p at 1, gradients do not.
  if (/XENT|KL|RECONSTRUCTION/.test(name)) return ['SIGMOID'];
  if (/POISSON|LOGARITHMIC/.test(name)) return ['SIGMOID', 'SOFTPLUS'];
  return ['IDENTITY', 'TANH', 'SIGMOID', 'SOFTMAX'];
}

/** Central differences of the summed score by each pre-activation. */
function differences(
  loss: ILossFunction,
  labels: NDArray,
  z: number[][],
  activation: Activation,
  mask: NDArray | null,
): number[] {
  const h = 1e-6;
  const score = (i: number, j: number, by: number): number => {
    const moved = z.map((row, r) => row.map((each, c) => (r === i && c === j ? each + by : each)));
    return computeScore(loss, labels, matrix(moved), activationOf(activation), mask, false);
  };
  return z.flatMap((row, i) => row.map((_, j) => (score(i, j, h) - score(i, j, -h)) / (2 * h)));
}

function checkGradient(
  loss: ILossFunction,
  labels: NDArray,
  z: number[][],
  activation: Activation,
  mask: NDArray | null,
  what: string,
): void {
  const preOutput = matrix(z);
  const gradient = computeGradient(loss, labels, preOutput, activationOf(activation), mask);
  expectClose(elements(gradient), differences(loss, labels, z, activation, mask), { abs: 2e-8, rel: 1e-7 }, what);
  expect(elements(preOutput), 'pre-activations').toEqual(z.flat());
}

const NAMES = Object.keys(LossFunction).filter((name) => name !== 'SPARSE_MCXENT') as LossFunction[];

describe('computeGradient() agrees with central differences within 2e-8', () => {
  test.each(NAMES)('%s with every suitable activation, plain, masked and weighted', (name) => {
    const labels = matrix(labelsFor(name));
    const exampleMask = matrix([[1], [0], [1]]);
    const outputMask = matrix([
      [1, 0, 1, 1],
      [0, 1, 1, 0],
      [1, 1, 0, 1],
    ]);
    for (const activation of activationsFor(name)) {
      const loss = lossOf(name);
      checkGradient(loss, labels, Z, activation, null, `${activation} plain`);
      checkGradient(loss, labels, Z, activation, exampleMask, `${activation} examples masked`);
      // Behind softmax DL4J zeroes the gradient of masked outputs although the others depend on them.
      if (activation !== 'SOFTMAX' && name !== 'COSINE_PROXIMITY')
        checkGradient(loss, labels, Z, activation, outputMask, `${activation} outputs masked`);
      if (!('weights' in loss) || (name === 'XENT' && activation === 'SOFTMAX')) continue;
      checkGradient(loss.with({ weights: [0.5, 2, 1, 0.25] }), labels, Z, activation, null, `${activation} weighted`);
    }
  });

  test('FMEASURE of one and of two outputs', () => {
    const one = matrix([[1], [0], [1]]);
    checkGradient(
      new LossFMeasure(),
      one,
      Z.map((row) => row.slice(0, 1)),
      'SIGMOID',
      null,
      'one',
    );
    checkGradient(
      new LossFMeasure(2),
      one,
      Z.map((row) => row.slice(0, 1)),
      'SIGMOID',
      matrix([[1], [0], [1]]),
      'masked',
    );
    checkGradient(
      new LossFMeasure(0.5),
      matrix([
        [1, 0],
        [0, 1],
        [0, 1],
      ]),
      Z.map((row) => row.slice(0, 2)),
      'SOFTMAX',
      null,
      'two',
    );
  });

  test('MULTI_LABEL', () => {
    checkGradient(new LossMultiLabel(), matrix(labelsFor('MULTI')), Z, 'TANH', null, 'plain');
    checkGradient(new LossMultiLabel(), matrix(labelsFor('MULTI')), Z, 'IDENTITY', matrix([[1], [1], [0]]), 'masked');
  });

  test('MIXTURE_DENSITY of two mixtures and labels of width 3', () => {
    const loss = new LossMixtureDensity({ mixtures: 2, labelWidth: 3 });
    const z = Array.from({ length: ROWS }, (_, i) => noise(10, i + 5));
    const labels = matrix(Array.from({ length: ROWS }, (_, i) => noise(3, i + 11)));
    checkGradient(loss, labels, z, 'IDENTITY', null, 'plain');
    checkGradient(loss, labels, z, 'TANH', matrix([[0], [1], [1]]), 'masked');
  });
});

describe('computeScore() and computeScoreArray()', () => {
  test.each<[LossFunction, number]>([
    ['L2', 0.25 + 1 + 4],
    ['MSE', (0.25 + 1 + 4) / 3],
    ['L1', 0.5 + 1 + 2],
    ['MEAN_ABSOLUTE_ERROR', (0.5 + 1 + 2) / 3],
    ['MEAN_ABSOLUTE_PERCENTAGE_ERROR', (100 / 3) * (0.5 + 1 / 3 + 2)],
    ['HINGE', 1 - 0.5 + 0 + 3],
    ['SQUARED_HINGE', 0.25 + 9],
    ['WASSERSTEIN', (0.5 + 6 - 1) / 3],
  ])('%s of one example is the formula', (name, expected) => {
    const labels = /HINGE/.test(name) ? [1, 3, -2] : name === 'WASSERSTEIN' ? [1, 3, -1] : [1, 3, -1];
    const z = matrix([[0.5, 2, 1]]);
    const score = computeScore(lossOf(name), matrix([labels]), z, activationOf('IDENTITY'), null, false);
    expectClose([score], [expected], { rel: 1e-14 });
  });

  test('scores add up over examples, and average divides by their number', () => {
    for (const name of NAMES) {
      const labels = matrix(labelsFor(name));
      const activation = activationOf(activationsFor(name)[0] as Activation);
      const each = elements(computeScoreArray(lossOf(name), labels, matrix(Z), activation, null));
      expect(each).toHaveLength(ROWS);
      const sum = each.reduce((total, score) => total + score, 0) / (name === 'MEAN_ABSOLUTE_ERROR' ? COLUMNS : 1);
      const whole = computeScore(lossOf(name), labels, matrix(Z), activation, null, false);
      expectClose([whole], [sum], { rel: 1e-13 }, name);
      const average = computeScore(lossOf(name), labels, matrix(Z), activation, null, true);
      expectClose([average], [whole / ROWS], { rel: 1e-14 }, name);
    }
  });

  test('softmax probabilities are clipped in the score and NaN is not hidden', () => {
    const labels = matrix([[1, 0]]);
    const softmax = activationOf('SOFTMAX');
    const score = computeScore(new LossMCXENT(), labels, matrix([[-100, 100]]), softmax, null, false);
    expectClose([score], [-Math.log(1e-10)], { rel: 1e-14 });
    expect(computeScore(new LossMCXENT(), labels, matrix([[Number.NaN, 1]]), softmax, null, false)).toBeNaN();
  });

  test('binary cross entropy with softmax scores −y ln p alone', () => {
    const z = matrix([[0.3, -0.4]]);
    const p = Math.exp(0.3) / (Math.exp(0.3) + Math.exp(-0.4));
    const score = computeScore(new LossBinaryXENT(), matrix([[1, 0]]), z, activationOf('SOFTMAX'), null, false);
    expectClose([score], [-Math.log(p)], { rel: 1e-14 });
  });

  test('class numbers as labels score like one-hot rows', () => {
    const oneHot = matrix(labelsFor('MCXENT'));
    const classes = matrix([[0], [1], [2]]);
    const softmax = activationOf('SOFTMAX');
    expect(computeScore(new LossSparseMCXENT(), classes, matrix(Z), softmax, null, true)).toBe(
      computeScore(new LossMCXENT(), oneHot, matrix(Z), softmax, null, true),
    );
    expect(elements(computeGradient(new LossSparseMCXENT(), classes, matrix(Z), softmax, null))).toEqual(
      elements(computeGradient(new LossMCXENT(), oneHot, matrix(Z), softmax, null)),
    );
  });

  test('labels of another type are cast', () => {
    const z = matrix(Z, 'FLOAT');
    const gradient = computeGradient(new LossMSE(), matrix(labelsFor('MSE')), z, activationOf('IDENTITY'), null);
    expect(gradient.dataType()).toBe('FLOAT');
  });
});

describe('errors', () => {
  const softmax = activationOf('SOFTMAX');
  test('name both shapes when labels do not fit', () => {
    expect(() => computeScore(new LossMSE(), matrix([[1, 2, 3]]), matrix([[1, 2]]), softmax, null, true)).toThrow(
      'Labels array numColumns (size(1) = 3) does not match output layer number of outputs (nOut = 2)',
    );
    expect(() => computeScore(new LossMSE(), matrix([[1, 2]]), matrix(Z), softmax, null, true)).toThrow(
      'Labels and preOutput must have equal shapes: got shapes [1, 2] vs [3, 4]',
    );
  });

  test('refuse masks that no example or output has', () => {
    const labels = matrix(labelsFor('MCXENT'));
    expect(() => computeGradient(new LossMCXENT(), labels, matrix(Z), softmax, labels)).toThrow(
      'Per output masking for MCXENT + softmax: not supported',
    );
    expect(() => computeScore(new LossMSE(), labels, matrix(Z), softmax, matrix([[1, 0]]), true)).toThrow(
      'Mask shape: [1, 2], output shape: [3, 4]',
    );
    expect(() => computeScoreArray(new LossFMeasure(), matrix([[1]]), matrix([[1]]), softmax, null)).toThrow(
      'Cannot compute score array for FMeasure loss function',
    );
    const weighted = new LossMSE([1, 2]);
    expect(() => computeScore(weighted, labels, matrix(Z), softmax, null, true)).toThrow(
      'Weights vector (length 2) does not match output.size(1)=4',
    );
  });
});
