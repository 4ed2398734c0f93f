// LSTM over a sequence: one product for the inputs of all steps, one per step for the recurrent part, and the same backwards.
//
// T steps, N examples, u units. A tape holds what the backward pass needs: z [T·N, 4u], and the states h and c [T + 1, N, u], where the step
// at time t leads from slot `before(t)` to slot `after(t)`. All is in time order whatever the direction, so that the weight gradients are
// products over all steps.

import { DOUBLE, FLOAT } from '../core/dataType.ts';
import { denseGeometry, Geometry } from '../core/geometry.ts';
import { type ArrayView, addressOf, viewed } from '../memory/view.ts';
import { runtime } from '../wasm/runtime.ts';
import { Binary } from './codes.ts';
import { binary } from './elementwise.ts';
import { copy, fill } from './layout.ts';
import { gemm } from './matmul.ts';
import type { RecurrentActivation } from './recurrentActivation.ts';
import { stepBackward, stepForward } from './recurrentLstmStep.ts';
import { reduce, reducePair } from './reduce.ts';
import { Reduce } from './reduceCodes.ts';
import type { Temporaries } from './temporaries.ts';

/** Weights of the states seen by the input gate, forget gate and output gate, [u] each. */
export interface Peepholes {
  readonly input: ArrayView;
  readonly forget: ArrayView;
  readonly output: ArrayView;
}

/** input [nIn, 4u], recurrent [u, 4u], bias [4u]; any strides. */
export interface LstmWeights {
  readonly input: ArrayView;
  readonly recurrent: ArrayView;
  readonly bias: ArrayView | null;
  readonly peepholes: Peepholes | null;
}

/** How the cell computes. */
export interface LstmRule {
  /** Numbers of the blocks of z, 0 to 3, that belong to input gate, forget gate, candidate and output gate. */
  readonly order: readonly [number, number, number, number];
  readonly gate: RecurrentActivation;
  /** Of the candidate. */
  readonly cell: RecurrentActivation;
  /** Of the state, on its way to the output. */
  readonly output: RecurrentActivation;
  /** States are kept within ±clip; Infinity: any. */
  readonly clip: number;
}

/** First step of an example, and the one behind its last. */
export type Span = readonly [begin: number, end: number];

/** What a forward pass leaves for the backward pass. */
export interface LstmTape {
  readonly steps: number;
  readonly batch: number;
  readonly units: number;
  readonly isReverse: boolean;
  /** The steps of each example; the others keep the state. null: all. */
  readonly spans: readonly Span[] | null;
  readonly z: ArrayView;
  readonly h: ArrayView;
  readonly c: ArrayView;
  readonly peepholes: Peepholes | null;
  readonly memory: Temporaries;
}

/** A tape in temporary memory; the first states are h0 and c0 [N, u], 0 without them. */
export function lstmTape(
  memory: Temporaries,
  [steps, batch, units]: readonly [number, number, number],
  isReverse: boolean,
  spans: readonly Span[] | null,
  peepholes: Peepholes | null,
  h0: ArrayView | null,
  c0: ArrayView | null,
): LstmTape {
  const tape = {
    steps,
    batch,
    units,
    isReverse,
    spans,
    memory,
    z: memory.make([steps * batch, 4 * units]),
    h: memory.make([steps + 1, batch, units]),
    c: memory.make([steps + 1, batch, units]),
    peepholes: peepholes && {
      input: memory.copyOf(peepholes.input),
      forget: memory.copyOf(peepholes.forget),
      output: memory.copyOf(peepholes.output),
    },
  };
  const first = isReverse ? steps : 0;
  setOrZero(stateAt(tape, tape.h, first), h0);
  setOrZero(stateAt(tape, tape.c, first), c0);
  return tape;
}

function setOrZero(out: ArrayView, x: ArrayView | null): void {
  if (x === null) fill(out, 0);
  else copy(out, x);
}

/** Slot of the states before and after the step at time t. */
function before({ isReverse }: LstmTape, t: number): number {
  return isReverse ? t + 1 : t;
}
function after({ isReverse }: LstmTape, t: number): number {
  return isReverse ? t : t + 1;
}

/** [N, u] of a slot of h or c. */
function stateAt({ batch, units }: LstmTape, states: ArrayView, slot: number): ArrayView {
  return viewed(states, slot * batch * units, denseGeometry([batch, units]));
}

function preActivationAt({ batch, units, z }: LstmTape, t: number): ArrayView {
  return viewed(z, t * batch * 4 * units, denseGeometry([batch, 4 * units]));
}

/** The outputs of all steps, [T, N, u], a view of the tape. */
export function outputsOf(tape: LstmTape): ArrayView {
  const { steps, batch, units, h } = tape;
  return viewed(h, after(tape, 0) * batch * units, denseGeometry([steps, batch, units]));
}

/** h or c after the last step in the direction of the pass, [N, u], a view of the tape. */
export function lastOf(tape: LstmTape, states: ArrayView): ArrayView {
  return stateAt(tape, states, tape.isReverse ? 0 : tape.steps);
}

/** True when the kernel knows the rule. */
function isFused({ gate, cell, output }: LstmRule, { z }: LstmTape): boolean {
  const { info } = z.buffer;
  return (
    (info === FLOAT || info === DOUBLE) && gate.name === 'SIGMOID' && cell.name === 'TANH' && output.name === 'TANH'
  );
}

/** A row repeated `rows` times. */
function repeated(row: ArrayView, rows: number): ArrayView {
  const { shape, strides } = row.geometry;
  const last = shape.length - 1;
  return viewed(row, 0, new Geometry([rows, shape[last] as number], [0, strides[last] as number], 'c'));
}

/** Runs all steps. x is [T·N, nIn], row t·N + n the input of example n at time t; any strides. */
export function lstmForward(tape: LstmTape, x: ArrayView, weights: LstmWeights, rule: LstmRule): void {
  const { steps, batch, z } = tape;
  if (weights.bias !== null) copy(z, repeated(weights.bias, steps * batch));
  gemm(z, x, weights.input, 1, weights.bias === null ? 0 : 1);
  for (let step = 0; step < steps; step++) {
    const t = tape.isReverse ? steps - 1 - step : step;
    const zt = preActivationAt(tape, t);
    const from = before(tape, t);
    const to = after(tape, t);
    const [h, hBefore] = [stateAt(tape, tape.h, to), stateAt(tape, tape.h, from)];
    const [c, cBefore] = [stateAt(tape, tape.c, to), stateAt(tape, tape.c, from)];
    gemm(zt, hBefore, weights.recurrent, 1, 1);
    if (isFused(rule, tape)) fusedForward(tape, rule, zt, cBefore, c, h);
    else stepForward(tape, rule, zt, cBefore, c, h);
    forAbsent(tape, t, (n) => {
      copy(rowOf(h, n), rowOf(hBefore, n));
      copy(rowOf(c, n), rowOf(cBefore, n));
    });
  }
}

/** Calls back for each example that has no step at time t. */
function forAbsent({ spans }: LstmTape, t: number, each: (n: number) => void): void {
  spans?.forEach(([begin, end], n) => {
    if (t < begin || t >= end) each(n);
  });
}

function rowOf(matrix: ArrayView, n: number): ArrayView {
  const width = matrix.geometry.shape[1] as number;
  return viewed(matrix, n * width, denseGeometry([width]));
}

function addresses({ peepholes, units }: LstmTape, { order }: LstmRule, z: ArrayView): number[] {
  const at = addressOf(z);
  const block = units * z.buffer.info.width;
  const weights = peepholes && [peepholes.input, peepholes.forget, peepholes.output].map(addressOf);
  return [...order.map((each) => at + each * block), ...(weights ?? [0, 0, 0])];
}

function fusedForward(
  tape: LstmTape,
  rule: LstmRule,
  z: ArrayView,
  before: ArrayView,
  c: ArrayView,
  h: ArrayView,
): void {
  const [zi, zf, zg, zo, pi, pf, po] = addresses(tape, rule, z) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const { compute } = z.buffer.info;
  const { batch, units } = tape;
  const [from, to, out] = [addressOf(before), addressOf(c), addressOf(h)];
  runtime().kernels.lstmCell(compute, batch, units, zi, zf, zg, zo, from, to, out, pi, pf, po, rule.clip);
}

/** Gradients that come in: of all outputs [T, N, u] (any strides), of the last output and of the last state [N, u]. */
export interface LstmEpsilons {
  readonly outputs: ArrayView | null;
  readonly lastH: ArrayView | null;
  readonly lastC: ArrayView | null;
}

/** Gradients that go out, each of the shape of what it belongs to; null: not wanted. */
export interface LstmGradients {
  readonly x: ArrayView | null;
  /** The gradient of x is added to what is there. */
  readonly addsX?: boolean;
  readonly input: ArrayView;
  readonly recurrent: ArrayView;
  readonly bias: ArrayView | null;
  readonly peepholes: Peepholes | null;
  readonly h0: ArrayView | null;
  readonly c0: ArrayView | null;
}

/** The gradients of a pass that `tape` recorded; the tape's z are used up. `x`, `weights` and `rule` are those of the pass. */
export function lstmBackward(
  tape: LstmTape,
  x: ArrayView,
  weights: LstmWeights,
  rule: LstmRule,
  epsilons: LstmEpsilons,
  gradients: LstmGradients,
): void {
  const { dh, dc } = walkBack(tape, weights, rule, epsilons);
  if (gradients.h0 !== null) copy(gradients.h0, dh);
  if (gradients.c0 !== null) copy(gradients.c0, dc);
  const { steps, batch, units, z } = tape;
  const rows = denseGeometry([steps * batch, units]);
  const previous = before(tape, 0) * batch * units;
  gemm(gradients.input, transposed(x), z);
  gemm(gradients.recurrent, transposed(viewed(tape.h, previous, rows)), z);
  if (gradients.bias !== null) reduce(Reduce.SUM, gradients.bias, z, [0]);
  if (gradients.x !== null) gemm(gradients.x, z, transposed(weights.input), 1, gradients.addsX ? 1 : 0);
  if (gradients.peepholes === null) return;
  const seen = viewed(tape.c, previous, rows);
  const [input, forget, , output] = rule.order.map((block) =>
    viewed(z, block * units, new Geometry([steps * batch, units], [4 * units, 1], 'c')),
  ) as [ArrayView, ArrayView, ArrayView, ArrayView];
  reducePair(Reduce.DOT, gradients.peepholes.input, input, seen, [0]);
  reducePair(Reduce.DOT, gradients.peepholes.forget, forget, seen, [0]);
  reducePair(Reduce.DOT, gradients.peepholes.output, output, viewed(tape.c, after(tape, 0) * batch * units, rows), [0]);
}

/** Puts the gradients of all pre-activations into z; returns those of the first states. */
function walkBack(
  tape: LstmTape,
  weights: LstmWeights,
  rule: LstmRule,
  { outputs, lastH, lastC }: LstmEpsilons,
): { dh: ArrayView; dc: ArrayView } {
  const { steps, batch, units, memory } = tape;
  const shape = [batch, units];
  const total = memory.make(shape);
  let [dh, dhBefore, dc, dcBefore] = [memory.make(shape), memory.make(shape), memory.make(shape), memory.make(shape)];
  setOrZero(dh, lastH);
  setOrZero(dc, lastC);
  const back = transposed(weights.recurrent);
  for (let step = steps - 1; step >= 0; step--) {
    const t = tape.isReverse ? steps - 1 - step : step;
    const zt = preActivationAt(tape, t);
    if (outputs === null) copy(total, dh);
    else binary(Binary.ADD, total, dh, timeOf(outputs, t));
    const c = stateAt(tape, tape.c, after(tape, t));
    const cBefore = stateAt(tape, tape.c, before(tape, t));
    if (isFused(rule, tape)) fusedBackward(tape, rule, zt, cBefore, c, total, dc, dcBefore);
    else stepBackward(tape, rule, zt, cBefore, c, total, dc, dcBefore);
    forAbsent(tape, t, (n) => fill(rowOf(zt, n), 0));
    gemm(dhBefore, zt, back);
    const [oldH, newH, oldC, newC] = [dh, dhBefore, dc, dcBefore];
    forAbsent(tape, t, (n) => {
      copy(rowOf(newH, n), rowOf(oldH, n));
      copy(rowOf(newC, n), rowOf(oldC, n));
    });
    [dh, dhBefore, dc, dcBefore] = [newH, oldH, newC, oldC];
  }
  return { dh, dc };
}

function fusedBackward(
  tape: LstmTape,
  rule: LstmRule,
  z: ArrayView,
  before: ArrayView,
  c: ArrayView,
  dh: ArrayView,
  dc: ArrayView,
  dcBefore: ArrayView,
): void {
  const [zi, zf, zg, zo, pi, pf, po] = addresses(tape, rule, z) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  runtime().kernels.lstmCellBackward(
    z.buffer.info.compute,
    tape.batch,
    tape.units,
    zi,
    zf,
    zg,
    zo,
    addressOf(before),
    addressOf(c),
    addressOf(dh),
    addressOf(dc),
    addressOf(dcBefore),
    pi,
    pf,
    po,
    rule.clip,
  );
}

/** [N, u] at time t of an array [T, N, u]. */
function timeOf({ buffer, offset, geometry }: ArrayView, t: number): ArrayView {
  const { shape, strides } = geometry;
  const at = offset + t * (strides[0] as number);
  return { buffer, offset: at, geometry: new Geometry(shape.slice(1), strides.slice(1), 'c') };
}

function transposed(x: ArrayView): ArrayView {
  const [rows, columns] = x.geometry.shape as [number, number];
  const [row, column] = x.geometry.strides as [number, number];
  return viewed(x, 0, new Geometry([columns, rows], [column, row], 'c'));
}
