// lstmLayer and its backward pass: reads arguments, runs one or two passes over time, puts their results where the format wants them.

import { ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../core/errors.ts';
import { denseGeometry } from '../../core/geometry.ts';
import type { ArrayView } from '../../memory/view.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { copy, fill } from '../../ops/layout.ts';
import type { RecurrentActivation } from '../../ops/recurrentActivation.ts';
import {
  type LstmGradients,
  type LstmRule,
  type LstmTape,
  type LstmWeights,
  lastOf,
  lstmBackward,
  lstmForward,
  lstmTape,
  outputsOf,
  type Peepholes,
  type Span,
} from '../../ops/recurrentLstm.ts';
import { Temporaries } from '../../ops/temporaries.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';
import { floatingArgument, requireShape, shapedArgument } from './arrayArguments.ts';
import {
  asRows,
  at,
  choiceArgument,
  flagArgument,
  lengthsArgument,
  optionalArgument,
  optionsArgument,
  part,
  realArgument,
  sequenceShape,
  timeMajor,
  weightArgument,
} from './recurrentArguments.ts';
import {
  LSTMActivations,
  LSTMDataFormat,
  LSTMDirectionMode,
  type LSTMLayerConfig,
  type LSTMLayerWeights,
} from './recurrentConfig.ts';

type Maybe = INDArray | null | undefined;

/** Checked arguments. */
interface Layer {
  readonly x: INDArray;
  readonly format: LSTMDataFormat;
  readonly mode: LSTMDirectionMode;
  readonly rule: LstmRule;
  readonly full: boolean;
  readonly lastH: boolean;
  readonly lastC: boolean;
  readonly steps: number;
  readonly batch: number;
  readonly units: number;
  readonly lengths: readonly number[] | null;
  readonly input: INDArray;
  readonly recurrent: INDArray;
  readonly bias: INDArray | null;
  readonly peepholes: INDArray | null;
  readonly c0: INDArray | null;
  readonly h0: INDArray | null;
}

/** Defaults of the parameters of the activations that have any. */
const PARAMETERS: Partial<Record<LSTMActivations, readonly [alpha: number, beta: number]>> = {
  AFFINE: [1, 0],
  SCALED_TAHN: [1, 1],
  LEAKY_RELU: [0.01, 0],
  THRESHHOLD_RELU: [1, 0],
  ELU: [1, 0],
};

function readActivation(
  op: string,
  options: Readonly<Record<string, unknown>>,
  part: 'gate' | 'cell' | 'out',
  initial: LSTMActivations,
): RecurrentActivation {
  const name = choiceArgument(op, options, `${part}Act`, LSTMActivations, initial);
  const [alpha, beta] = PARAMETERS[name] ?? [0, 0];
  return {
    name,
    // libnd4j holds these parameters and the limit of the states in float32.
    alpha: Math.fround(realArgument(op, options, `${part}Alpha`, alpha)),
    beta: Math.fround(realArgument(op, options, `${part}Beta`, beta)),
  };
}

function readLayer(
  op: string,
  x: INDArray,
  c0: Maybe,
  h0: Maybe,
  lengths: Maybe,
  weights: unknown,
  config: unknown,
): Layer {
  floatingArgument(op, 'x', x);
  const options = optionsArgument(op, 'a configuration', config);
  const named = optionsArgument(op, 'weights', weights);
  const format = choiceArgument<LSTMDataFormat>(op, options, 'lstmdataformat', LSTMDataFormat, 'TNS');
  const mode = choiceArgument<LSTMDirectionMode>(op, options, 'directionMode', LSTMDirectionMode, 'FWD');
  const isExtra = mode === 'BIDIR_EXTRA_DIM';
  if (isExtra ? format !== 'T2NS' && format !== 'TNS' : format === 'T2NS') {
    throw new ND4JIllegalArgumentException(
      `Cannot ${op} with lstmdataformat ${format} and directionMode ${mode}: T2NS needs BIDIR_EXTRA_DIM, which needs T2NS or TNS`,
    );
  }
  requireShape(op, 'x', x, [-1, -1, -1]);
  const [steps, batch, inputs] = timeMajor(x, format).geometry.shape as [number, number, number];
  const lead = mode === 'FWD' || mode === 'BWD' ? [] : [2];
  const input = weightArgument(op, named, ['weights', 'iWeights'], [...lead, inputs, -1], x);
  const units = input.size(-1) / 4;
  if (!Number.isInteger(units)) {
    throw new ND4JIllegalStateException(
      `Cannot ${op}: weights have ${input.size(-1)} columns, needed is a multiple of 4`,
    );
  }
  const clip = realArgument(op, options, 'cellClip', 0, 0);
  const flags = {
    full: flagArgument(op, options, 'retFullSequence', true),
    lastH: flagArgument(op, options, 'retLastH', false),
    lastC: flagArgument(op, options, 'retLastC', false),
  };
  if (!flags.full && !flags.lastH && !flags.lastC) {
    throw new ND4JIllegalArgumentException(
      `Cannot ${op} without a result: needed is one of retFullSequence, retLastH and retLastC`,
    );
  }
  return {
    ...{ x, format, mode, steps, batch, units, input, ...flags },
    rule: {
      order: [0, 1, 2, 3],
      gate: readActivation(op, options, 'gate', 'SIGMOID'),
      cell: readActivation(op, options, 'cell', 'TANH'),
      output: readActivation(op, options, 'out', 'TANH'),
      clip: clip === 0 ? Infinity : Math.fround(clip),
    },
    recurrent: weightArgument(op, named, ['rWeights', 'irWeights'], [...lead, units, 4 * units], x),
    bias: weightArgument(op, named, ['bias', 'iBias'], [...lead, 4 * units], x, true),
    peepholes: weightArgument(op, named, ['peepholeWeights', 'iPeepholeWeights'], [...lead, 3 * units], x, true),
    c0: optionalArgument(op, 'cLast', c0, [...lead, batch, units], x),
    h0: optionalArgument(op, 'yLast', h0, [...lead, batch, units], x),
    lengths: lengthsArgument(op, lengths, batch, steps),
  };
}

/** The passes of a layer: 0 forward in time, 1 backward. */
function directions({ mode }: Layer): readonly number[] {
  if (mode === 'FWD') return [0];
  return mode === 'BWD' ? [1] : [0, 1];
}

/** What belongs to a direction: the array itself, or its part when there are two. */
function sideOf<T extends ArrayView | null>(layer: Layer, x: T, direction: number): T {
  return x === null || directions(layer).length === 1 ? x : (at(x, 0, direction) as T);
}

function peepholesOf(x: ArrayView | null, units: number): Peepholes | null {
  if (x === null) return null;
  return {
    input: part(x, 0, 0, units),
    forget: part(x, 0, units, 2 * units),
    output: part(x, 0, 2 * units, 3 * units),
  };
}

function weightsOf(layer: Layer, direction: number): LstmWeights {
  return {
    input: sideOf(layer, layer.input, direction),
    recurrent: sideOf(layer, layer.recurrent, direction),
    bias: sideOf(layer, layer.bias, direction),
    peepholes: peepholesOf(sideOf(layer, layer.peepholes, direction), layer.units),
  };
}

function pass(layer: Layer, memory: Temporaries, x: ArrayView, direction: number): LstmTape {
  const { steps, batch, units, lengths } = layer;
  const weights = weightsOf(layer, direction);
  const tape = lstmTape(
    memory,
    [steps, batch, units],
    direction === 1,
    lengths === null ? null : spansOf(layer, lengths),
    weights.peepholes,
    sideOf(layer, layer.h0, direction),
    sideOf(layer, layer.c0, direction),
  );
  lstmForward(tape, x, weights, layer.rule);
  return tape;
}

/** The shapes of the results, or of their gradients, in their order. */
function resultShapes(layer: Layer): number[][] {
  const { format, mode, steps, batch, units, full, lastH, lastC } = layer;
  const width = mode === 'BIDIR_CONCAT' ? 2 * units : units;
  const sequence = mode === 'BIDIR_EXTRA_DIM' ? [steps, 2, batch, units] : sequenceShape(format, steps, batch, width);
  const last = directions(layer).length === 1 ? [batch, units] : [2, batch, units];
  return [...(full ? [sequence] : []), ...(lastH ? [last] : []), ...(lastC ? [last] : [])];
}

/** [T, N, u] of a direction in an array of outputs of both. */
function outputsFor(layer: Layer, sequence: ArrayView, direction: number): ArrayView {
  const { mode, units } = layer;
  if (mode === 'BIDIR_EXTRA_DIM') return at(sequence, 1, direction);
  const ordered = timeMajor(sequence, layer.format);
  return mode === 'BIDIR_CONCAT' ? part(ordered, 2, direction * units, (direction + 1) * units) : ordered;
}

/**
 * First step of each example and the one behind its last. An example begins with the sequence; in mode BWD, as in libnd4j, it ends with it.
 */
function spansOf({ mode, steps }: Layer, lengths: readonly number[]): Span[] {
  return lengths.map((length) => (mode === 'BWD' ? [steps - length, steps] : [0, length]));
}

/** Outputs of steps outside of an example are 0. */
function clearOutside({ spans, steps }: LstmTape, outputs: ArrayView): void {
  spans?.forEach(([begin, end], n) => {
    const example = at(outputs, 1, n);
    if (begin > 0) fill(part(example, 0, 0, begin), 0);
    if (end < steps) fill(part(example, 0, end, steps), 0);
  });
}

function forward(layer: Layer): INDArray[] {
  const memory = new Temporaries(layer.x.info);
  const results = resultShapes(layer).map((shape) => layer.x.allocateDense(layer.x.info, shape));
  try {
    const [sequence, h, c] = split(layer, results);
    const x = asRows(memory, timeMajor(layer.x, layer.format));
    for (const direction of directions(layer)) {
      const tape = pass(layer, memory, x, direction);
      // The last output is taken before the steps outside become 0.
      if (h !== null) copy(sideOf(layer, h, direction), lastOf(tape, tape.h));
      if (sequence !== null) {
        const outputs = outputsOf(tape);
        clearOutside(tape, outputs);
        const target = outputsFor(layer, sequence, direction);
        if (layer.mode === 'BIDIR_SUM' && direction === 1) binary(Binary.ADD, target, target, outputs);
        else copy(target, outputs);
      }
      if (c !== null) copy(sideOf(layer, c, direction), lastOf(tape, tape.c));
    }
    return results;
  } catch (error) {
    for (const result of results) if (!result.buffer.isAttached) result.close();
    throw error;
  } finally {
    memory.release();
  }
}

function split<T>({ full, lastH, lastC }: Layer, list: readonly T[]): [T | null, T | null, T | null] {
  let next = 0;
  const take = (wanted: boolean): T | null => (wanted ? (list[next++] as T) : null);
  return [take(full), take(lastH), take(lastC)];
}

/**
 * LSTM over a sequence x: outputs of all steps, last output, last state, as configured, in this order. States before the first step and
 * the number of steps of each example (`maxTSLength` [examples]) are optional; outputs behind the end of an example are 0, its states stay.
 *
 * M2.1's own method hands its inputs over as outputs and fails always; this is what libnd4j's operation computes.
 * @throws {ND4JIllegalStateException | ND4JIllegalArgumentException} when shapes, types or options do not fit
 * @see org.nd4j.linalg.factory.ops.NDRNN#lstmLayer
 */
export function lstmLayer(x: INDArray, weights: LSTMLayerWeights, config: LSTMLayerConfig): INDArray[];
export function lstmLayer(
  x: INDArray,
  cLast: Maybe,
  yLast: Maybe,
  maxTSLength: Maybe,
  weights: LSTMLayerWeights,
  config: LSTMLayerConfig,
): INDArray[];
export function lstmLayer(x: INDArray, ...rest: unknown[]): INDArray[] {
  const [cLast, yLast, lengths, weights, config] =
    rest.length <= 2 && !(rest[0] instanceof ArrayHandle) ? [null, null, null, ...rest] : rest;
  return forward(readLayer('lstmLayer', x, cLast as Maybe, yLast as Maybe, lengths as Maybe, weights, config));
}

/**
 * Gradients of `lstmLayer` from those of its results (in their order): of x, weights, rWeights, bias if any, 0 for maxTSLength if any, of
 * yLast and cLast if any, of peepholeWeights if any.
 *
 * M2.1 loses what it should keep where an example ends before the sequence does; here these are the gradients of `lstmLayer`.
 * @see lstmLayer
 */
export function lstmLayerBp(
  x: INDArray,
  cLast: Maybe,
  yLast: Maybe,
  maxTSLength: Maybe,
  weights: LSTMLayerWeights,
  config: LSTMLayerConfig,
  gradients: readonly INDArray[],
): INDArray[] {
  const op = 'lstmLayerBp';
  const layer = readLayer(op, x, cLast, yLast, maxTSLength, weights, config);
  const shapes = resultShapes(layer);
  if (!Array.isArray(gradients) || gradients.length !== shapes.length) {
    throw new ND4JIllegalStateException(
      `Cannot ${op} with ${Array.isArray(gradients) ? gradients.length : 'no list of'} gradients: needed are ${shapes.length}, one for each result of the forward pass`,
    );
  }
  shapes.forEach((shape, index) => {
    shapedArgument(op, `gradient ${index}`, gradients[index], shape, x);
  });
  return backward(layer, maxTSLength ?? null, gradients);
}

function backward(layer: Layer, lengths: INDArray | null, epsilons: readonly INDArray[]): INDArray[] {
  const made: INDArray[] = [];
  const like = (x: INDArray | null): INDArray | null => {
    if (x === null) return null;
    made.push(x.allocate(layer.x.info, denseGeometry(x.geometry.shape)));
    return made.at(-1) as INDArray;
  };
  const memory = new Temporaries(layer.x.info);
  try {
    const x = like(layer.x) as INDArray;
    const input = like(layer.input) as INDArray;
    const recurrent = like(layer.recurrent) as INDArray;
    const bias = like(layer.bias);
    const ofLengths = like(lengths);
    if (ofLengths !== null) fill(ofLengths, 0);
    const [h0, c0, peepholes] = [like(layer.h0), like(layer.c0), like(layer.peepholes)];
    const rows = asRows(memory, timeMajor(layer.x, layer.format));
    const ofRows = memory.make(rows.geometry.shape);
    const [sequence, lastH, lastC] = split(layer, epsilons);
    for (const direction of directions(layer)) {
      const side = <T extends ArrayView | null>(each: T): T => sideOf(layer, each, direction);
      const gradients: LstmGradients = {
        ...{ x: ofRows, addsX: direction === 1 && directions(layer).length === 2 },
        ...{ input: side(input), recurrent: side(recurrent), bias: side(bias), h0: side(h0), c0: side(c0) },
        peepholes: peepholesOf(side(peepholes), layer.units),
      };
      lstmBackward(
        pass(layer, memory, rows, direction),
        rows,
        weightsOf(layer, direction),
        layer.rule,
        {
          outputs: sequence === null ? null : outputsFor(layer, sequence, direction),
          lastH: side(lastH),
          lastC: side(lastC),
        },
        gradients,
      );
    }
    const ordered = timeMajor(x, layer.format);
    copy(ordered, { buffer: ofRows.buffer, offset: 0, geometry: denseGeometry(ordered.geometry.shape) });
    return made;
  } catch (error) {
    for (const each of made) if (!each.buffer.isAttached) each.close();
    throw error;
  } finally {
    memory.release();
  }
}
