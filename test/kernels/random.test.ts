import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { NativeRandom } from '../../src/ops/random.ts';
import { rewind, seeded, unit } from '../reference/random.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

const SEED = 20240717n;
const state = seeded(SEED);
const units = Array.from({ length: 68 }, (_, e) => unit(state, e));

/** What one fill of a fresh generator writes, with nothing written beside the target. */
function drawn(out: ArrayView, fill: (random: NativeRandom) => void): number[] {
  fill(new NativeRandom(SEED));
  expect(strayWrites(out)).toEqual([]);
  const values = valuesOf(out);
  release(out);
  return values;
}

describe.each<DataType>(['FLOAT', 'DOUBLE'])('%s draws of every length from 0 to 67', (type) => {
  const round = (x: number): number => (type === 'FLOAT' ? Math.fround(x) : x);
  const lengths = Array.from({ length: 68 }, (_, n) => n);

  test('fillUniform() is bit-equal to the hash', () => {
    for (const n of lengths) {
      const out = emptyOf(type, [n]);
      expect(drawn(out, (r) => r.fillUniform(out))).toEqual(units.slice(0, n));
    }
  });

  test('fillUniform(a, b) rounds a + u·(b − a) once', () => {
    const out = emptyOf('FLOAT', [67]);
    const range = Math.fround(Math.fround(2.3) - Math.fround(-0.7));
    const expected = units.slice(0, 67).map((u) => Math.fround(u * range + Math.fround(-0.7)));
    expect(drawn(out, (r) => r.fillUniform(out, -0.7, 2.3))).toEqual(expected);
  });

  test('fillBernoulli() is 1 where p ≥ u, for one p and for one each', () => {
    for (const n of lengths) {
      const out = emptyOf(type, [n]);
      expect(drawn(out, (r) => r.fillBernoulli(out, 0.3))).toEqual(
        units.slice(0, n).map((u) => (round(0.3) >= u ? 1 : 0)),
      );
      const each = noise(n).map(Math.abs);
      const p = viewOf(type, each, [n]);
      const other = emptyOf(type, [n]);
      expect(drawn(other, (r) => r.fillBernoulli(other, p))).toEqual(
        each.map((q, e) => (q >= (units[e] as number) ? 1 : 0)),
      );
      release(p);
    }
  });

  test('dropOut(), dropOutInverted(), alphaDropOut() and merge() choose where u < p', () => {
    const p = 0.6;
    const kept = (e: number): boolean => (units[e] as number) < round(p);
    for (const n of lengths) {
      const values = noise(n);
      const x = viewOf(type, values, [n]);
      const y = viewOf(type, noise(n, 9), [n]);
      const out = Array.from({ length: 4 }, () => emptyOf(type, [n])) as [ArrayView, ArrayView, ArrayView, ArrayView];
      expect(drawn(out[0], (r) => r.dropOut(out[0], x, p))).toEqual(values.map((v, e) => (kept(e) ? v : 0)));
      expect(drawn(out[1], (r) => r.dropOutInverted(out[1], x, p))).toEqual(
        values.map((v, e) => (kept(e) ? round(v / round(p)) : 0)),
      );
      expect(drawn(out[2], (r) => r.alphaDropOut(out[2], x, p, 0.5, -2, 0.25))).toEqual(
        values.map((v, e) => round(round(0.5 * (kept(e) ? v : -2)) + 0.25)),
      );
      expect(drawn(out[3], (r) => r.merge(out[3], x, y, p))).toEqual(
        values.map((v, e) => ((units[e] as number) <= round(p) ? (noise(n, 9)[e] as number) : v)),
      );
      release(x, y);
    }
  });

  test('fillExponential() stays within 1 ulp of −ln(u)/λ', () => {
    const out = emptyOf(type, [67]);
    const values = drawn(out, (r) => r.fillExponential(out, 2));
    expectClose(
      values,
      units.slice(0, 67).map((u) => -Math.log(u) / 2),
      { rel: type === 'FLOAT' ? 2 ** -23 : 2 ** -52 },
    );
  });

  test('fillBinomial() counts u(t·(e + 1)) < p over t, for one p, one a trial and one an element', () => {
    const count = (e: number, chance: (trial: number) => number): number =>
      [1, 2, 3].filter((trial) => unit(state, (e + 1) * trial) < round(chance(trial - 1))).length;
    const perTrial = viewOf(type, [0.25, 0.5, 0.75], [3]);
    const perElement = viewOf(type, noise(17).map(Math.abs), [17]);
    const out = Array.from({ length: 3 }, () => emptyOf(type, [17])) as [ArrayView, ArrayView, ArrayView];
    const elements = Array.from({ length: 17 }, (_, e) => e);
    expect(drawn(out[0], (r) => r.fillBinomial(out[0], 3, 0.4))).toEqual(elements.map((e) => count(e, () => 0.4)));
    expect(drawn(out[1], (r) => r.fillBinomial(out[1], 3, perTrial))).toEqual(
      elements.map((e) => count(e, (trial) => [0.25, 0.5, 0.75][trial] as number)),
    );
    expect(drawn(out[2], (r) => r.fillBinomialEach(out[2], 3, perElement))).toEqual(
      elements.map((e) => count(e, () => Math.abs(noise(17)[e] as number))),
    );
    release(perTrial, perElement);
  });

  test('choose() takes the element in whose share of the probabilities u falls', () => {
    const source = viewOf(type, [10, 20, 30], [3]);
    const probabilities = viewOf(type, [0.25, 0.5, 0.25], [3]);
    const out = emptyOf(type, [67]);
    expect(drawn(out, (r) => r.choose(out, source, probabilities))).toEqual(
      units.slice(0, 67).map((u) => (u <= 0.25 ? 10 : u <= 0.75 ? 20 : 30)),
    );
    release(source, probabilities);
  });
});

test('dropOutInverted() keeps NaN, infinities and −0 where it keeps, and writes 0 where it drops', () => {
  const special = [Number.NaN, Infinity, -Infinity, -0];
  const values = Array.from({ length: 64 }, (_, e) => special[e % 4] as number);
  const x = viewOf('FLOAT', values, [64]);
  const out = emptyOf('FLOAT', [64]);
  expect(drawn(out, (r) => r.dropOutInverted(out, x, 0.5))).toEqual(
    values.map((v, e) => ((units[e] as number) < 0.5 ? v : 0)),
  );
  release(x);
});

test('moveBy() is the rewind of every fill', () => {
  const random = new NativeRandom(SEED);
  const out = emptyOf('FLOAT', [5]);
  const word = (): bigint => BigInt.asUintN(64, random.nodeState());
  random.fillUniform(out);
  let expected = rewind(state, 5);
  expect(word()).toBe(expected.node);
  random.fillGaussian(out);
  random.dropOut(out, out, 0.5);
  random.fillBinomial(out, 3, 0.5);
  for (let times = 0; times < 3; times++) expected = rewind(expected, 5);
  expect(word()).toBe(expected.node);
  random.fillExponential(out, 1);
  expect(word()).toBe(expected.node);
  release(out);
});
