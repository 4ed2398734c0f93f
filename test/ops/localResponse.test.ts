import { expect, test } from 'vitest';
import { localResponse, localResponseBackward } from '../../src/ops/localResponse.ts';
import { expectClose } from '../support/close.ts';
import { emptyOf, noise, valuesOf, viewOf } from '../support/views.ts';

const numbers = { alpha: 0.3, beta: 0.75, bias: 1.5, depth: 2 };

/** By definition, of [outer, size, inner]. */
function naive(x: readonly number[], size: number, inner: number, { alpha, beta, bias, depth } = numbers): number[] {
  return x.map((value, at) => {
    const place = Math.floor(at / inner) % size;
    let sum = 0;
    for (let d = -depth; d <= depth; d++) {
      if (place + d >= 0 && place + d < size) sum += (x[at + d * inner] as number) ** 2;
    }
    return value * (bias + alpha * sum) ** -beta;
  });
}

test.each([
  [[2, 6, 2, 3], 1, 6],
  [[2, 2, 3, 7], 3, 1],
  [[3, 1, 2, 2], 1, 4],
])(
  'localResponse of %j along %i is its definition, and its gradient agrees with differences to 1e-7',
  (shape, dimension, inner) => {
    const length = shape.reduce((a, b) => a * b, 1);
    const x = noise(length, 1).map((each) => each * 3);
    const g = noise(length, 2);
    const size = shape[dimension] as number;
    for (const [type, bound] of [
      ['DOUBLE', 1e-14],
      ['FLOAT', 2e-6],
    ] as const) {
      const out = emptyOf(type, shape);
      localResponse(out, viewOf(type, x, shape), numbers, dimension);
      expectClose(valuesOf(out), naive(x, size, inner), { abs: bound }, type);
    }
    const dx = emptyOf('DOUBLE', shape);
    localResponseBackward(dx, viewOf('DOUBLE', x, shape), viewOf('DOUBLE', g, shape), numbers, dimension);
    const score = (at: number, step: number): number =>
      naive(
        x.map((each, i) => (i === at ? each + step : each)),
        size,
        inner,
      ).reduce((sum, each, i) => sum + each * (g[i] as number), 0);
    const slopes = x.map((_, i) => (score(i, 1e-5) - score(i, -1e-5)) / 2e-5);
    expectClose(valuesOf(dx), slopes, { abs: 1e-7 }, 'gradient');
    expect(valuesOf(dx).some((each) => each !== 0)).toBe(true);
  },
);
