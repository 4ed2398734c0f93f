// A step of an LSTM with any activation functions, operator by operator. The kernel does the usual ones (recurrentLstm.ts).
// Unlike the kernel's, these tapes keep the pre-activations, peepholes included, and compute the gates once more on the way back.

import { Geometry } from '../core/geometry.ts';
import { type ArrayView, viewed } from '../memory/view.ts';
import { Binary, Unary } from './codes.ts';
import { binary, binaryScalar, unary } from './elementwise.ts';
import { copy } from './layout.ts';
import { activate, activateBackward } from './recurrentActivation.ts';
import type { LstmRule, LstmTape } from './recurrentLstm.ts';
import { Temporaries } from './temporaries.ts';

type Four = [input: ArrayView, forget: ArrayView, candidate: ArrayView, output: ArrayView];

function gatesOf({ batch, units }: LstmTape, { order }: LstmRule, z: ArrayView): Four {
  const geometry = new Geometry([batch, units], [4 * units, 1], 'c');
  return order.map((block) => viewed(z, block * units, geometry)) as Four;
}

function row(weights: ArrayView, rows: number): ArrayView {
  const { shape, strides } = weights.geometry;
  return viewed(weights, 0, new Geometry([rows, shape[0] as number], [0, strides[0] as number], 'c'));
}

/** out += x · y. */
function addProduct(out: ArrayView, x: ArrayView, y: ArrayView, spare: ArrayView): void {
  binary(Binary.MUL, spare, x, y);
  binary(Binary.ADD, out, out, spare);
}

/** c and h [N, u] from the pre-activations z [N, 4u] and the state before. */
export function stepForward(
  tape: LstmTape,
  rule: LstmRule,
  z: ArrayView,
  before: ArrayView,
  c: ArrayView,
  h: ArrayView,
): void {
  const memory = new Temporaries(z.buffer.info);
  try {
    const [zi, zf, zg, zo] = gatesOf(tape, rule, z);
    const { peepholes, batch } = tape;
    const [x, y] = [memory.make([batch, tape.units]), memory.make([batch, tape.units])];
    if (peepholes !== null) {
      addProduct(zi, before, row(peepholes.input, batch), x);
      addProduct(zf, before, row(peepholes.forget, batch), x);
    }
    activate(rule.gate, x, zf);
    binary(Binary.MUL, c, x, before);
    activate(rule.gate, x, zi);
    activate(rule.cell, y, zg);
    addProduct(c, x, y, x);
    if (rule.clip !== Infinity) unary(Unary.CLIP, c, c, -rule.clip, rule.clip);
    if (peepholes !== null) addProduct(zo, c, row(peepholes.output, batch), x);
    activate(rule.gate, x, zo);
    activate(rule.output, y, c);
    binary(Binary.MUL, h, x, y);
  } finally {
    memory.release();
  }
}

/** z becomes its gradient, dBefore the gradient of the state before, from the gradients of h and c. */
export function stepBackward(
  tape: LstmTape,
  rule: LstmRule,
  z: ArrayView,
  before: ArrayView,
  c: ArrayView,
  dh: ArrayView,
  dc: ArrayView,
  dBefore: ArrayView,
): void {
  const memory = new Temporaries(z.buffer.info);
  try {
    const { peepholes, batch, units } = tape;
    const { gate, cell, output, clip } = rule;
    const gates = gatesOf(tape, rule, z);
    const [zi, zf, zg, zo] = gates.map((each) => memory.copyOf(each)) as Four;
    const make = (): ArrayView => memory.make([batch, units]);
    const [x, y, spare, d] = [make(), make(), make(), make()];
    const [di, df, dg, dOut] = gates;
    activate(output, x, c);
    binary(Binary.MUL, y, dh, x);
    activate(gate, x, zo);
    activateBackward(gate, dOut, zo, y);
    binary(Binary.MUL, y, dh, x);
    copy(spare, c);
    activateBackward(output, d, spare, y);
    binary(Binary.ADD, d, d, dc);
    if (peepholes !== null) addProduct(d, dOut, row(peepholes.output, batch), spare);
    if (clip !== Infinity) {
      unary(Unary.ABS, spare, c);
      binaryScalar(Binary.LT, spare, spare, clip);
      binary(Binary.MUL, d, d, spare);
    }
    activate(gate, x, zi);
    activate(gate, dBefore, zf);
    binary(Binary.MUL, dBefore, dBefore, d);
    binary(Binary.MUL, y, d, before);
    activateBackward(gate, df, zf, y);
    activate(cell, y, zg);
    binary(Binary.MUL, y, y, d);
    activateBackward(gate, di, zi, y);
    binary(Binary.MUL, x, x, d);
    activateBackward(cell, dg, zg, x);
    if (peepholes === null) return;
    addProduct(dBefore, di, row(peepholes.input, batch), spare);
    addProduct(dBefore, df, row(peepholes.forget, batch), spare);
  } finally {
    memory.release();
  }
}
