// GRU over a sequence, and one step of it.

import { denseGeometry } from '../../core/geometry.ts';
import { viewed } from '../../memory/view.ts';
import { Binary } from '../../ops/codes.ts';
import { binary } from '../../ops/elementwise.ts';
import { copy } from '../../ops/layout.ts';
import { gemm } from '../../ops/matmul.ts';
import {
  type Blocks,
  columns,
  type GruRecurrence,
  gruStep,
  gruStepBackward,
  rows,
  slot,
  startWith,
  transposed,
} from '../../ops/recurrentGru.ts';
import { reduce } from '../../ops/reduce.ts';
import { Reduce } from '../../ops/reduceCodes.ts';
import { Temporaries } from '../../ops/temporaries.ts';
import type { INDArray } from '../ndarray.ts';
import { shapedArgument } from './arrayArguments.ts';
import { asRows, optionsArgument, weightArgument } from './recurrentArguments.ts';
import type { GRUWeights } from './recurrentConfig.ts';
import { working } from './working.ts';

/** Checks the arguments of gru; returns time, examples, inputs and units. */
function readGru(
  op: string,
  x: INDArray,
  hLast: INDArray,
  Wx: INDArray,
  Wh: INDArray,
  biases: INDArray,
): [number, number, number, number] {
  shapedArgument(op, 'x', x, [-1, -1, -1]);
  const [steps, batch, inputs] = x.geometry.shape as [number, number, number];
  shapedArgument(op, 'hLast', hLast, [batch, -1], x);
  const units = hLast.size(1);
  shapedArgument(op, 'Wx', Wx, [inputs, 3 * units], x);
  shapedArgument(op, 'Wh', Wh, [units, 3 * units], x);
  shapedArgument(op, 'biases', biases, [3 * units], x);
  return [steps, batch, inputs, units];
}

/** The steps of a sequence, recorded: gates z [T·N, 3u], states [T + 1, N, u], and products with the state [T, N, u]. */
function run(memory: Temporaries, x: INDArray, hLast: INDArray, Wx: INDArray, Wh: INDArray, biases: INDArray) {
  const [steps, batch] = x.geometry.shape as [number, number, number];
  const units = hLast.size(1);
  const z = memory.make([steps * batch, 3 * units]);
  const states = memory.make([steps + 1, batch, units]);
  const seen = memory.make([steps, batch, units]);
  const input = asRows(memory, x);
  gemm(z, input, Wx, 1, startWith(z, biases));
  copy(slot(states, 0), hLast);
  const recurrence: GruRecurrence = {
    ru: columns(Wh, 0, 2 * units),
    c: columns(Wh, 2 * units, 3 * units),
    resetsProduct: true,
  };
  const at = (t: number) => {
    const zt = rows(z, t * batch, (t + 1) * batch);
    const blocks: Blocks = [columns(zt, 0, units), columns(zt, units, 2 * units), columns(zt, 2 * units, 3 * units)];
    return { blocks, ofGates: columns(zt, 0, 2 * units) };
  };
  for (let t = 0; t < steps; t++) {
    const { blocks, ofGates } = at(t);
    gruStep(blocks, ofGates, slot(states, t), recurrence, slot(seen, t), slot(states, t + 1));
  }
  return { z, states, seen, input, recurrence, at };
}

/**
 * GRU over a sequence x `[time, examples, in]`: the outputs `[time, examples, out]`. hLast `[examples, out]`, Wx `[in, 3·out]`,
 * Wh `[out, 3·out]`, biases `[3·out]`; gates in the order reset, update, candidate.
 * @throws {ND4JIllegalStateException} when shapes or types do not fit
 * @see org.nd4j.linalg.factory.ops.NDRNN#gru
 */
export function gru(x: INDArray, hLast: INDArray, Wx: INDArray, Wh: INDArray, biases: INDArray): INDArray {
  const [steps, batch, , units] = readGru('gru', x, hLast, Wx, Wh, biases);
  return working(x, (memory, make) => {
    const { states } = run(memory, x, hLast, Wx, Wh, biases);
    const result = make([steps, batch, units]);
    copy(result, viewed(states, batch * units, denseGeometry([steps, batch, units])));
    return result;
  });
}

/** Gradients of x, hLast, Wx, Wh and biases of `gru` from that of its result. */
export function gruBp(
  x: INDArray,
  hLast: INDArray,
  Wx: INDArray,
  Wh: INDArray,
  biases: INDArray,
  gradient: INDArray,
): INDArray[] {
  const [steps, batch, , units] = readGru('gruBp', x, hLast, Wx, Wh, biases);
  shapedArgument('gruBp', 'gradient', gradient, [steps, batch, units], x);
  return working(x, (memory, make) => {
    const { z, states, seen, input, recurrence, at } = run(memory, x, hLast, Wx, Wh, biases);
    const [dx, dh, dWx, dWh, db] = [x, hLast, Wx, Wh, biases].map((each) => make(each.shape())) as [
      INDArray,
      INDArray,
      INDArray,
      INDArray,
      INDArray,
    ];
    const epsilons = memory.copyOf(gradient);
    const carry = memory.make([batch, units], true);
    for (let t = steps - 1; t >= 0; t--) {
      const h = slot(epsilons, t);
      binary(Binary.ADD, h, h, carry);
      const { blocks, ofGates } = at(t);
      const step = new Temporaries(x.info);
      try {
        gruStepBackward(
          step,
          blocks,
          ofGates,
          slot(states, t),
          recurrence,
          slot(seen, t),
          { r: null, u: null, c: null, h },
          carry,
        );
      } finally {
        step.release();
      }
    }
    copy(dh, carry);
    const all = denseGeometry([steps * batch, units]);
    gemm(columns(dWh, 0, 2 * units), transposed(viewed(states, 0, all)), columns(z, 0, 2 * units));
    gemm(columns(dWh, 2 * units, 3 * units), transposed(viewed(states, 0, all)), viewed(seen, 0, all));
    gemm(dWx, transposed(input), z);
    reduce(Reduce.SUM, db, z, [0]);
    gemm(viewed(dx, 0, denseGeometry([steps * batch, x.size(2)])), z, transposed(Wx));
    return [dx, dh, dWx, dWh, db];
  });
}

interface Cell {
  readonly x: INDArray;
  readonly h: INDArray;
  readonly ru: INDArray;
  readonly c: INDArray;
  readonly ruBias: INDArray | null;
  readonly cBias: INDArray | null;
}

function readCell(op: string, x: INDArray, hLast: INDArray, weights: GRUWeights): Cell {
  shapedArgument(op, 'x', x, [-1, -1]);
  shapedArgument(op, 'hLast', hLast, [x.size(0), -1], x);
  const named = optionsArgument(op, 'weights', weights);
  const units = hLast.size(1);
  const height = x.size(1) + units;
  return {
    x,
    h: hLast,
    ru: weightArgument(op, named, ['ruWeight', 'iRuWeights'], [height, 2 * units], x),
    c: weightArgument(op, named, ['cWeight', 'iCWeight'], [height, units], x),
    ruBias: weightArgument(op, named, ['ruBias', 'iRUBias'], [2 * units], x, true),
    cBias: weightArgument(op, named, ['cBias', 'iCBias'], [units], x, true),
  };
}

function runCell(memory: Temporaries, { x, h, ru, c, ruBias, cBias }: Cell) {
  const [batch, inputs] = x.geometry.shape as [number, number];
  const units = h.size(1);
  const ofGates = memory.make([batch, 2 * units]);
  const candidate = memory.make([batch, units]);
  gemm(ofGates, x, rows(ru, 0, inputs), 1, startWith(ofGates, ruBias));
  gemm(candidate, x, rows(c, 0, inputs), 1, startWith(candidate, cBias));
  const blocks: Blocks = [columns(ofGates, 0, units), columns(ofGates, units, 2 * units), candidate];
  const recurrence: GruRecurrence = {
    ru: rows(ru, inputs, inputs + units),
    c: rows(c, inputs, inputs + units),
    resetsProduct: false,
  };
  const [seen, after] = [memory.make([batch, units]), memory.make([batch, units])];
  gruStep(blocks, ofGates, h, recurrence, seen, after);
  return { blocks, ofGates, recurrence, seen, after };
}

/**
 * One step of a GRU: `[reset gate, update gate, candidate, output]`, each `[examples, out]`, from x `[examples, in]` and hLast `[examples, out]`.
 * @see org.nd4j.linalg.factory.ops.NDRNN#gruCell
 */
export function gruCell(x: INDArray, hLast: INDArray, weights: GRUWeights): INDArray[] {
  const cell = readCell('gruCell', x, hLast, weights);
  return working(x, (memory, make) => {
    const { blocks, after } = runCell(memory, cell);
    return [...blocks, after].map((each) => {
      const result = make(hLast.shape());
      copy(result, each);
      return result;
    });
  });
}

/** Gradients of x, hLast, ruWeight, cWeight and the biases that are there, from those of the four results of `gruCell`. */
export function gruCellBp(
  x: INDArray,
  hLast: INDArray,
  weights: GRUWeights,
  gradients: readonly INDArray[],
): INDArray[] {
  const op = 'gruCellBp';
  const cell = readCell(op, x, hLast, weights);
  for (let i = 0; i < 4; i++) shapedArgument(op, `gradient ${i}`, gradients?.[i], hLast.shape(), x);
  return working(x, (memory, make) => {
    const inputs = x.size(1);
    const units = hLast.size(1);
    const { blocks, ofGates, recurrence, seen } = runCell(memory, cell);
    const [r, u, c, h] = gradients as [INDArray, INDArray, INDArray, INDArray];
    const [dx, dh, dru, dc] = [x, hLast, cell.ru, cell.c].map((each) => make(each.shape())) as [
      INDArray,
      INDArray,
      INDArray,
      INDArray,
    ];
    gruStepBackward(memory, blocks, ofGates, hLast, recurrence, seen, { r, u, c, h }, dh);
    const ofCandidate = blocks[2];
    gemm(dx, ofGates, transposed(rows(cell.ru, 0, inputs)));
    gemm(dx, ofCandidate, transposed(rows(cell.c, 0, inputs)), 1, 1);
    gemm(rows(dru, 0, inputs), transposed(x), ofGates);
    gemm(rows(dru, inputs, inputs + units), transposed(hLast), ofGates);
    gemm(rows(dc, 0, inputs), transposed(x), ofCandidate);
    gemm(rows(dc, inputs, inputs + units), transposed(seen), ofCandidate);
    const found = [dx, dh, dru, dc];
    for (const [bias, z] of [
      [cell.ruBias, ofGates],
      [cell.cBias, ofCandidate],
    ] as const) {
      if (bias === null) continue;
      const db = make(bias.shape());
      reduce(Reduce.SUM, db, z, [0]);
      found.push(db);
    }
    return found;
  });
}
