import { describe, expect, test } from 'vitest';
import type { DataType } from '../../src/core/dataType.ts';
import type { ArrayView } from '../../src/memory/view.ts';
import { NativeRandom } from '../../src/ops/random.ts';
import { gaussians, seeded } from '../reference/random.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

const SEED = 20240717n;
const state = seeded(SEED);

/** What one fill of a fresh generator writes, with nothing written beside the target. */
function drawn(out: ArrayView, fill: (random: NativeRandom) => void): number[] {
  fill(new NativeRandom(SEED));
  expect(strayWrites(out)).toEqual([]);
  const values = valuesOf(out);
  release(out);
  return values;
}

describe.each<DataType>(['FLOAT', 'DOUBLE'])('%s', (type) => {
  const lengths = Array.from({ length: 68 }, (_, n) => n);
  const tolerance = type === 'FLOAT' ? 1.5e-6 : 3e-15;

  test('fillGaussian() stays within 1.5e-6 (FLOAT), 3e-15 (DOUBLE) of Box–Muller in float64', () => {
    for (const n of lengths) {
      const out = emptyOf(type, [n]);
      const values = drawn(out, (r) => r.fillGaussian(out));
      expectClose(values, gaussians(state, n), { abs: type === 'FLOAT' ? 1.5e-6 : 3e-15 }, `length ${n}`);
    }
  });

  test('fillTruncatedNormal() stays within two deviations and keeps what was there', () => {
    const plain = gaussians(state, 4001);
    const out = emptyOf(type, [4001]);
    const values = drawn(out, (r) => r.fillTruncatedNormal(out));
    values.forEach((value, e) => {
      expect(Math.abs(value)).toBeLessThanOrEqual(2);
      if (Math.abs(plain[e] as number) < 1.99) expect(Math.abs(value - (plain[e] as number))).toBeLessThan(1.5e-6);
    });
    expect(plain.filter((each) => Math.abs(each) > 2).length).toBeGreaterThan(100);
  });

  test('fillGaussian() scales by the deviation and adds the mean, one for all or one each', () => {
    const means = noise(17);
    const plain = gaussians(state, 17);
    const out = emptyOf(type, [17]);
    const each = viewOf(type, means, [17]);
    const bound = { abs: 3 * tolerance };
    expectClose(
      drawn(out, (r) => r.fillGaussian(out, each, 2)),
      plain.map((z, e) => 2 * z + (means[e] as number)),
      bound,
    );
    release(each);
    const other = emptyOf(type, [17]);
    expectClose(
      drawn(other, (r) => r.fillGaussian(other, -0.5, 0.25)),
      plain.map((z) => 0.25 * z - 0.5),
      bound,
    );
  });

  test('fillLogNormal() is the exponential of the Gaussian', () => {
    const out = emptyOf(type, [17]);
    expectClose(
      drawn(out, (r) => r.fillLogNormal(out, 0.5, 0.25)),
      gaussians(state, 17).map((z) => Math.exp(0.25 * z + 0.5)),
      { rel: 2 * tolerance },
    );
  });

  test('a deviation of NaN or infinity shows in every element', () => {
    const out = emptyOf(type, [5]);
    expect(drawn(out, (r) => r.fillGaussian(out, 0, Number.NaN)).every(Number.isNaN)).toBe(true);
    const other = emptyOf(type, [5]);
    expect(drawn(other, (r) => r.fillGaussian(other, 0, Infinity)).every((z) => Math.abs(z) === Infinity)).toBe(true);
  });
});
