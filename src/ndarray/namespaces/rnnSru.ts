// SRU over a sequence, and one step of it.

import { denseGeometry, Geometry } from '../../core/geometry.ts';
import { type ArrayView, viewed } from '../../memory/view.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { copy, fill } from '../../ops/layout.ts';
import { gemm } from '../../ops/matmul.ts';
import { columns, rows, startWith, transposed } from '../../ops/recurrentGru.ts';
import { type SruBlocks, sruStep, sruStepBackward } from '../../ops/recurrentSru.ts';
import { reduce } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import { Temporaries } from '../../ops/temporaries.ts';
import { ArrayHandle } from '../arrayHandle.ts';
import type { INDArray } from '../ndarray.ts';
import { shapedArgument } from './arrayArguments.ts';
import { asRows, at, optionalArgument, optionsArgument, timeMajor, weightArgument } from './recurrentArguments.ts';
import type { SRUWeights } from './recurrentConfig.ts';
import { working } from './working.ts';

type Maybe = INDArray | null | undefined;

interface Sru {
  readonly x: INDArray;
  readonly initialC: INDArray;
  readonly mask: INDArray | null;
  readonly weights: INDArray;
  readonly bias: INDArray | null;
  readonly batch: number;
  readonly units: number;
  readonly steps: number;
}

function readSru(op: string, x: INDArray, initialC: INDArray, mask: Maybe, weights: SRUWeights): Sru {
  shapedArgument(op, 'x', x, [-1, -1, -1]);
  const [batch, units, steps] = x.geometry.shape as [number, number, number];
  const named = optionsArgument(op, 'weights', weights);
  return {
    ...{ x, batch, units, steps },
    initialC: shapedArgument(op, 'initialC', initialC, [batch, units], x),
    mask: optionalArgument(op, 'mask', mask, [batch, units], x),
    weights: weightArgument(op, named, ['weights', 'iWeights'], [3 * units, units], x),
    bias: weightArgument(op, named, ['bias', 'iBias'], [2 * units], x, true),
  };
}

/** Puts the biases of f and r into the pre-activations [rows, 3n], 0 into those of z. */
function startBlocks(z: ArrayView, units: number, bias: ArrayView | null): number {
  if (bias === null) return 0;
  fill(columns(z, 0, units), 0);
  return startWith(columns(z, units, 3 * units), bias);
}

function blocksOf(z: ArrayView, units: number): SruBlocks {
  return {
    z: columns(z, 0, units),
    f: columns(z, units, 2 * units),
    r: columns(z, 2 * units, 3 * units),
  };
}

/** The steps of a sequence, recorded in time order: inputs [T·N, n], blocks [T·N, 3n], states [T + 1, N, n], outputs [T, N, n]. */
function run(memory: Temporaries, { x, initialC, mask, weights, bias, batch, units, steps }: Sru) {
  const input = memory.copyOf(timeMajor(x, 'NST'));
  if (mask !== null) {
    const [example, unit] = mask.geometry.strides as [number, number];
    const repeated = new Geometry([steps, batch, units], [0, example, unit], 'c');
    binary(Binary.MUL, input, input, viewed(mask, 0, repeated));
  }
  const inputs = asRows(memory, input);
  const z = memory.make([steps * batch, 3 * units]);
  gemm(z, inputs, transposed(weights), 1, startBlocks(z, units, bias));
  const states = memory.make([steps + 1, batch, units]);
  const outputs = memory.make([steps, batch, units]);
  copy(at(states, 0, 0), initialC);
  for (let t = 0; t < steps; t++) {
    const blocks = blocksOf(rows(z, t * batch, (t + 1) * batch), units);
    sruStep(blocks, at(input, 0, t), at(states, 0, t), at(states, 0, t + 1), at(outputs, 0, t));
  }
  return { input, inputs, z, states, outputs };
}

/**
 * SRU over a sequence x `[examples, n, time]`: the outputs, of the same shape. initialC `[examples, n]`; `mask` `[examples, n]` is multiplied with
 * the inputs of all steps.
 * @throws {ND4JIllegalStateException} when shapes or types do not fit
 * @see org.nd4j.linalg.factory.ops.NDRNN#sru
 */
export function sru(x: INDArray, initialC: INDArray, weights: SRUWeights): INDArray;
export function sru(x: INDArray, initialC: INDArray, mask: Maybe, weights: SRUWeights): INDArray;
export function sru(x: INDArray, initialC: INDArray, third: Maybe | SRUWeights, fourth?: SRUWeights): INDArray {
  const hasMask = fourth !== undefined || third instanceof ArrayHandle;
  const plan = readSru('sru', x, initialC, hasMask ? (third as Maybe) : null, (hasMask ? fourth : third) as SRUWeights);
  return working(x, (memory, make) => {
    const { outputs } = run(memory, plan);
    const result = make(x.shape());
    copy(timeMajor(result, 'NST'), outputs);
    return result;
  });
}

/** Gradients of x, weights, bias (if any) and initialC of `sru` from that of its result. M2.1's operation fails or needs what `sru` does not give. */
export function sruBp(
  x: INDArray,
  initialC: INDArray,
  mask: Maybe,
  weights: SRUWeights,
  gradient: INDArray,
): INDArray[] {
  const plan = readSru('sruBp', x, initialC, mask, weights);
  shapedArgument('sruBp', 'gradient', gradient, x.shape(), x);
  const { batch, units, steps } = plan;
  return working(x, (memory, make) => {
    const { input, inputs, z, states } = run(memory, plan);
    const dInput = memory.make([steps * batch, units]);
    const dc = memory.make([batch, units], true);
    const outputs = timeMajor(gradient, 'NST');
    for (let t = steps - 1; t >= 0; t--) {
      const span = [t * batch, (t + 1) * batch] as const;
      const step = new Temporaries(x.info);
      try {
        sruStepBackward(
          step,
          blocksOf(rows(z, ...span), units),
          at(input, 0, t),
          at(states, 0, t),
          at(states, 0, t + 1),
          at(outputs, 0, t),
          rows(dInput, ...span),
          dc,
        );
      } finally {
        step.release();
      }
    }
    gemm(dInput, z, plan.weights, 1, 1);
    const [dx, dWeights] = [make(x.shape()), make(plan.weights.shape())];
    const ordered = viewed(dInput, 0, denseGeometry([steps, batch, units]));
    if (plan.mask === null) copy(timeMajor(dx, 'NST'), ordered);
    else {
      const [example, unit] = plan.mask.geometry.strides as [number, number];
      const repeated = new Geometry([steps, batch, units], [0, example, unit], 'c');
      binary(Binary.MUL, timeMajor(dx, 'NST'), ordered, viewed(plan.mask, 0, repeated));
    }
    gemm(dWeights, transposed(z), inputs);
    const found = [dx, dWeights];
    if (plan.bias !== null) {
      found.push(make(plan.bias.shape()));
      reduce(Reduce.SUM, found[2] as INDArray, columns(z, units, 3 * units), [0]);
    }
    found.push(make(initialC.shape()));
    copy(found.at(-1) as INDArray, dc);
    return found;
  });
}

function readCell(op: string, x: INDArray, cLast: INDArray, weights: SRUWeights) {
  shapedArgument(op, 'x', x, [-1, -1]);
  const [batch, units] = x.geometry.shape as [number, number];
  shapedArgument(op, 'cLast', cLast, [batch, units], x);
  const named = optionsArgument(op, 'weights', weights);
  return {
    units,
    batch,
    w: weightArgument(op, named, ['weights', 'iWeights'], [units, 3 * units], x),
    bias: weightArgument(op, named, ['bias', 'iBias'], [2 * units], x, true),
  };
}

function runCell(
  memory: Temporaries,
  x: INDArray,
  cLast: INDArray,
  { units, batch, w, bias }: ReturnType<typeof readCell>,
) {
  const z = memory.make([batch, 3 * units]);
  gemm(z, x, w, 1, startBlocks(z, units, bias));
  const [c, h] = [memory.make([batch, units]), memory.make([batch, units])];
  const blocks = blocksOf(z, units);
  sruStep(blocks, x, cLast, c, h);
  return { z, c, h, blocks };
}

/**
 * One step of an SRU: the output `[examples, n]` from x and cLast `[examples, n]`.
 * @see org.nd4j.linalg.factory.ops.NDRNN#sruCell
 */
export function sruCell(x: INDArray, cLast: INDArray, weights: SRUWeights): INDArray {
  const cell = readCell('sruCell', x, cLast, weights);
  return working(x, (memory, make) => {
    const result = make(x.shape());
    copy(result, runCell(memory, x, cLast, cell).h);
    return result;
  });
}

/** Gradients of x, cLast, weights and bias (if any) of `sruCell` from that of its result. libnd4j has no such operation. */
export function sruCellBp(x: INDArray, cLast: INDArray, weights: SRUWeights, gradient: INDArray): INDArray[] {
  const op = 'sruCellBp';
  const cell = readCell(op, x, cLast, weights);
  shapedArgument(op, 'gradient', gradient, x.shape(), x);
  return working(x, (memory, make) => {
    const { z, c, blocks } = runCell(memory, x, cLast, cell);
    const [dx, dc, dw] = [make(x.shape()), make(cLast.shape()), make(cell.w.shape())] as const;
    fill(dc, 0);
    sruStepBackward(memory, blocks, x, cLast, c, gradient, dx, dc);
    gemm(dx, z, transposed(cell.w), 1, 1);
    gemm(dw, transposed(x), z);
    const found: INDArray[] = [dx, dc, dw];
    if (cell.bias !== null) {
      found.push(make(cell.bias.shape()));
      reduce(Reduce.SUM, found[3] as INDArray, columns(z, cell.units, 3 * cell.units), [0]);
    }
    return found;
  });
}
