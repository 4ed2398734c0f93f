import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import { type ArrayView, addressOf } from '../../src/memory/view.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { type CellInput, lstmCell } from '../reference/recurrent.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

const ORDERS = [
  [0, 1, 2, 3],
  [3, 1, 0, 2],
  [0, 2, 1, 3],
] as const;

/** Room for the 12 bytes that the kernel may read behind a row. */
const padded = (type: DataType, values: readonly number[], shape: readonly number[]): ArrayView =>
  viewOf(type, values, shape, { offset: 1 });

interface Views {
  readonly z: ArrayView;
  readonly previous: ArrayView;
  readonly c: ArrayView;
  readonly h: ArrayView;
  readonly peepholes: ArrayView;
}

function run(type: DataType, input: CellInput): Views {
  const { rows, units, order, z, previous, peepholes, clip = Infinity } = input;
  const views = {
    z: padded(type, z, [rows, 4 * units]),
    previous: padded(type, previous, [rows, units]),
    c: emptyOf(type, [rows, units], { offset: 1 }),
    h: emptyOf(type, [rows, units], { offset: 1 }),
    peepholes: padded(type, peepholes ?? noise(3 * units), [3 * units]),
  };
  const { width, compute } = views.z.buffer.info;
  const [zi, zf, zg, zo] = order.map((block) => addressOf(views.z) + block * units * width) as [
    number,
    number,
    number,
    number,
  ];
  const weights = addressOf(views.peepholes);
  const [pi, pf, po] = peepholes ? [weights, weights + units * width, weights + 2 * units * width] : [0, 0, 0];
  const [from, to, out] = [addressOf(views.previous), addressOf(views.c), addressOf(views.h)];
  runtime().kernels.lstmCell(
    compute,
    rows,
    units,
    zi,
    zf,
    zg,
    zo,
    from,
    to,
    out,
    pi as number,
    pf as number,
    po as number,
    clip,
  );
  return views;
}

const releaseAll = (views: Views): void => release(views.z, views.previous, views.c, views.h, views.peepholes);

/** Σ a·h + b·c of a step, in float64. */
function loss(input: CellInput, a: readonly number[], b: readonly number[]): number {
  const { h, c } = lstmCell(input);
  return h.reduce((sum, value, i) => sum + value * (a[i] as number) + (c[i] as number) * (b[i] as number), 0);
}

function slopes(input: CellInput, name: 'z' | 'previous', a: readonly number[], b: readonly number[]): number[] {
  const step = 1e-6;
  return input[name].map((value, i) => {
    const at = (x: number): number => loss({ ...input, [name]: input[name].with(i, x) }, a, b);
    return (at(value + step) - at(value - step)) / (2 * step);
  });
}

describe.each<[DataType, number]>([
  ['FLOAT', 4e-7],
  ['DOUBLE', 1e-15],
])('%s', (type, abs) => {
  test('lstmCell() stays within 4e-7 (FLOAT), 1e-15 (DOUBLE) of float64 and writes nothing else, for 0 to 67 units', () => {
    for (let units = 0; units <= 67; units++) {
      const rows = 1 + (units % 3);
      const order = ORDERS[units % 3] as readonly number[];
      const z = noise(rows * 4 * units, units + 1).map((value) => Math.fround(4 * value));
      const input = { z, previous: noise(rows * units, 7), rows, units, order };
      const peepholes = units % 2 === 0 ? noise(3 * units, 3) : undefined;
      const full: CellInput = { ...input, ...(peepholes && { peepholes }), ...(units % 4 === 1 && { clip: 0.5 }) };
      const views = run(type, full);
      const expected = lstmCell(full);
      expectClose(valuesOf(views.z), expected.gates, { abs }, `gates of ${units}`);
      expectClose(valuesOf(views.c), expected.c, { abs }, `states of ${units}`);
      expectClose(valuesOf(views.h), expected.h, { abs }, `outputs of ${units}`);
      expect([views.z, views.c, views.h, views.previous].flatMap(strayWrites)).toEqual([]);
      releaseAll(views);
    }
  });

  test('lstmCell() saturates at ±∞ and passes NaN on', () => {
    const units = 5;
    const z = new Array<number>(20).fill(0);
    [Infinity, -Infinity, Number.NaN, -0, 1e-45].forEach((value, u) => {
      z[u] = value;
    });
    const input = { z, previous: [1, -0, 1, -0, 0], rows: 1, units, order: [0, 1, 2, 3] };
    const views = run(type, input);
    const expected = lstmCell(input);
    expectClose(valuesOf(views.z), expected.gates, { abs }, 'gates');
    expectClose(valuesOf(views.c), expected.c, { abs }, 'states');
    releaseAll(views);
  });
});

test('lstmCellBackward() is the gradient of lstmCell(), with clipped states and peepholes, in any order of the gates', () => {
  for (const [index, units] of [1, 2, 3, 4, 7].entries()) {
    const rows = 2;
    const input: CellInput = {
      z: noise(rows * 4 * units, 11 + index),
      previous: noise(rows * units, 5),
      ...{ rows, units, order: ORDERS[index % 3] as readonly number[], clip: 0.4 },
      ...(index > 1 && { peepholes: noise(3 * units, 17) }),
    };
    const [a, b] = [noise(rows * units, 2), noise(rows * units, 4)];
    const views = run('DOUBLE', input);
    const [dh, dc] = [padded('DOUBLE', a, [rows, units]), padded('DOUBLE', b, [rows, units])];
    const at = addressOf(views.peepholes);
    const [pi, pf, po] = input.peepholes ? [at, at + units * 8, at + units * 16] : [0, 0, 0];
    const [zi, zf, zg, zo] = input.order.map((block) => addressOf(views.z) + block * units * 8) as [
      number,
      number,
      number,
      number,
    ];
    runtime().kernels.lstmCellBackward(
      1,
      rows,
      units,
      ...([zi, zf, zg, zo] as const),
      addressOf(views.previous),
      addressOf(views.c),
      addressOf(dh),
      addressOf(dc),
      addressOf(dc),
      pi as number,
      pf as number,
      po as number,
      0.4,
    );
    expectClose(valuesOf(views.z), slopes(input, 'z', a, b), { abs: 1e-8 }, `z of ${units}`);
    expectClose(valuesOf(dc), slopes(input, 'previous', a, b), { abs: 1e-8 }, `previous of ${units}`);
    expect([views.z, dc, dh].flatMap(strayWrites)).toEqual([]);
    releaseAll(views);
    release(dh, dc);
  }
});
