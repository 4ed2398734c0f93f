// The LSTM block of TensorFlow: one step, and a sequence.

import { DOUBLE, FLOAT } from '../../core/dataType.ts';
import { ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import { Binary } from '../../ops/codes.ts';
import { binaryScalar } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import { activate, type RecurrentActivation } from '../../ops/recurrentActivation.ts';
import { columns, rows } from '../../ops/recurrentGru.ts';
import { type LstmRule, type LstmTape, lstmForward, lstmTape } from '../../ops/recurrentLstm.ts';
import { Temporaries } from '../../ops/temporaries.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';
import { arrayArgument, shapedArgument } from './arrayArguments.ts';
import {
  asRows,
  at,
  choiceArgument,
  flagArgument,
  optionalArgument,
  optionsArgument,
  realArgument,
  sequenceShape,
  timeMajor,
  weightArgument,
} from './recurrentArguments.ts';
import type { LSTMConfiguration, LSTMWeights } from './recurrentConfig.ts';
import { working } from './working.ts';

type Maybe = INDArray | null | undefined;

const FORMATS = { TNS: 'TNS', NST: 'NST', NTS: 'NTS' } as const;
const SIGMOID: RecurrentActivation = { name: 'SIGMOID', alpha: 0, beta: 0 };
const TANH: RecurrentActivation = { name: 'TANH', alpha: 0, beta: 0 };

interface Block {
  readonly rule: LstmRule;
  readonly format: keyof typeof FORMATS;
  readonly forgetBias: number;
  readonly units: number;
  readonly weights: INDArray;
  readonly bias: INDArray;
  readonly peepholes: { readonly input: INDArray; readonly forget: INDArray; readonly output: INDArray } | null;
}

function readBlock(op: string, x: INDArray, inputs: number, weights: LSTMWeights, config: LSTMConfiguration): Block {
  const options = optionsArgument(op, 'a configuration', config);
  const named = optionsArgument(op, 'weights', weights);
  const matrix = weightArgument(op, named, ['weights', 'iWeights'], [-1, -1], x);
  const units = matrix.size(1) / 4;
  if (!Number.isInteger(units) || matrix.size(0) !== inputs + units) {
    throw new ND4JIllegalStateException(
      `Cannot ${op}: weights have shape [${matrix.shape().join(', ')}], needed is [${inputs} + n, 4·n] for ${inputs} inputs and n units`,
    );
  }
  const peep = (gate: string): INDArray =>
    weightArgument(
      op,
      named,
      [`${gate}PeepholeWeights`, `i${gate[0]?.toUpperCase()}${gate.slice(1)}PeepholeWeights`],
      [units],
      x,
    );
  const hasPeepholes = flagArgument(op, options, 'peepHole', false);
  const clip = realArgument(op, options, 'clippingCellValue', 0, 0);
  return {
    rule: { order: [0, 2, 1, 3], gate: SIGMOID, cell: TANH, output: TANH, clip: clip === 0 ? Infinity : clip },
    format: choiceArgument(op, options, 'dataFormat', FORMATS, 'TNS'),
    forgetBias: realArgument(op, options, 'forgetBias', 0),
    units,
    weights: matrix,
    bias: weightArgument(op, named, ['bias', 'iBias'], [4 * units], x),
    peepholes: hasPeepholes ? { input: peep('input'), forget: peep('forget'), output: peep('output') } : null,
  };
}

/** Runs `steps` steps of x [time, examples, in]; memory computes in FLOAT or DOUBLE whatever x's type is. */
function run(memory: Temporaries, block: Block, x: ArrayView, c: ArrayView | null, h: ArrayView | null): LstmTape {
  const { units, bias, forgetBias, weights, peepholes } = block;
  const [steps, batch, inputs] = x.geometry.shape as [number, number, number];
  const known = (each: ArrayView): ArrayView => (each.buffer.info === memory.info ? each : memory.copyOf(each));
  const biases = memory.copyOf(bias);
  const ofForget = viewed(biases, 2 * units, denseGeometry([units]));
  binaryScalar(Binary.ADD, ofForget, ofForget, forgetBias);
  const tape = lstmTape(memory, [steps, batch, units], false, null, peepholes, h, c);
  const matrix = known(weights);
  const parts = {
    input: rows(matrix, 0, inputs),
    recurrent: rows(matrix, inputs, inputs + units),
    bias: biases,
    peepholes,
  };
  lstmForward(tape, asRows(memory, known(x)), parts, block.rule);
  return tape;
}

function computing(x: INDArray): Temporaries {
  return new Temporaries(x.info === DOUBLE ? DOUBLE : FLOAT);
}

/**
 * One step: `[input gate, state, forget gate, output gate, candidate, tanh of the state, output]`, each `[examples, out]`, from x
 * `[examples, in]`, the state cLast and the output yLast before. M2.1's own method fails where its operation works.
 * @throws {ND4JIllegalStateException} when shapes or types do not fit
 * @see org.nd4j.linalg.factory.ops.NDRNN#lstmCell
 */
export function lstmCell(
  x: INDArray,
  cLast: INDArray,
  yLast: INDArray,
  weights: LSTMWeights,
  config: LSTMConfiguration,
): INDArray[] {
  const op = 'lstmCell';
  shapedArgument(op, 'x', x, [-1, -1]);
  const [batch, inputs] = x.geometry.shape as [number, number];
  const block = readBlock(op, x, inputs, weights, config);
  const { units } = block;
  shapedArgument(op, 'cLast', cLast, [batch, units], x);
  shapedArgument(op, 'yLast', yLast, [batch, units], x);
  const memory = computing(x);
  try {
    const step = viewed(memory.copyOf(x), 0, denseGeometry([1, batch, inputs]));
    const { z, c, h } = run(memory, block, step, cLast, yLast);
    const gate = (index: number): ArrayView => columns(z, index * units, (index + 1) * units);
    const state = at(c, 0, 1);
    return working(x, (_, make) => {
      const results = Array.from({ length: 7 }, () => make([batch, units]));
      [gate(0), state, gate(2), gate(3), gate(1), state, at(h, 0, 1)].forEach((each, index) => {
        copy(results[index] as INDArray, each);
      });
      activate(TANH, results[5] as INDArray, results[5] as INDArray);
      return results;
    });
  } finally {
    memory.release();
  }
}

/**
 * A sequence x, of the dimensions that the configuration tells, from states cLast and outputs yLast `[examples, out]` (0 without): the input
 * gates of all steps, which is the first of the operation's seven results, and the one that ND4J gives. As in libnd4j,
 * `maxTSLength` has no effect: all steps run.
 * @see lstmCell
 * @see org.nd4j.linalg.factory.ops.NDRNN#lstmblock
 */
export function lstmblock(x: INDArray, weights: LSTMWeights, config: LSTMConfiguration): INDArray;
export function lstmblock(
  maxTSLength: Maybe,
  x: INDArray,
  cLast: Maybe,
  yLast: Maybe,
  weights: LSTMWeights,
  config: LSTMConfiguration,
): INDArray;
export function lstmblock(...args: unknown[]): INDArray {
  const isShort = args.length === 3 && !(args[1] instanceof ArrayHandle);
  const [lengths, sequence, cLast, yLast, weights, config] = isShort
    ? [null, args[0], null, null, ...args.slice(1)]
    : args;
  const op = 'lstmblock';
  const x = shapedArgument(op, 'x', sequence, [-1, -1, -1]);
  const options = optionsArgument(op, 'a configuration', config);
  const format = choiceArgument<keyof typeof FORMATS>(op, options, 'dataFormat', FORMATS, 'TNS');
  const ordered = timeMajor(x, format);
  const [steps, batch, inputs] = ordered.geometry.shape as [number, number, number];
  const block = readBlock(op, x, inputs, weights as LSTMWeights, config as LSTMConfiguration);
  const c = optionalArgument(op, 'cLast', cLast as Maybe, [batch, block.units], x);
  const h = optionalArgument(op, 'yLast', yLast as Maybe, [batch, block.units], x);
  checkSteps(op, lengths as Maybe, steps);
  const memory = computing(x);
  try {
    const { z } = run(memory, block, ordered, c, h);
    const result = x.allocateDense(x.info, sequenceShape(format, steps, batch, block.units));
    const out = timeMajor(result, format);
    for (let t = 0; t < steps; t++) {
      copy(at(out, 0, t), columns(rows(z, t * batch, (t + 1) * batch), 0, block.units));
    }
    return result;
  } finally {
    memory.release();
  }
}

/** @throws {RangeError} unless it is one whole number from 0 to `steps`. */
function checkSteps(op: string, value: Maybe, steps: number): void {
  if (value === null || value === undefined) return;
  const array = arrayArgument(op, 'maxTSLength', value);
  const count = array.length() === 1 ? array.getDouble(0) : Number.NaN;
  if (Number.isInteger(count) && count >= 0 && count <= steps) return;
  throw new RangeError(
    `Cannot ${op} with a maxTSLength of ${array.length()} elements, ${count}: needed is one number of steps, 0 to ${steps}`,
  );
}
