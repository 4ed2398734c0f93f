// Minimal filtering of 3×3 kernels in float32 against naive sums in float64, and against the direct way where values are not finite.

import { afterEach, describe, expect, test } from 'vitest';
import { type INDArray, Nd4j } from '../../src/index.ts';
import { convolution, convolutionData, convolutionWeights } from '../../src/ops/convolution.ts';

const EPSILON = 2 ** -24;

interface Plane {
  readonly images: number;
  readonly inputs: number;
  readonly outputs: number;
  readonly height: number;
  readonly width: number;
  readonly padding: number;
}

/** Shapes whose rows of patches end within groups of four, at the border of a strip, and between images. */
const PLANES: readonly Plane[] = [
  { images: 3, inputs: 16, outputs: 20, height: 15, width: 14, padding: 1 },
  { images: 1, inputs: 12, outputs: 13, height: 26, width: 23, padding: 0 },
  { images: 7, inputs: 13, outputs: 12, height: 9, width: 8, padding: 2 },
  { images: 2, inputs: 33, outputs: 17, height: 3, width: 86, padding: 1 },
  { images: 1, inputs: 14, outputs: 15, height: 200, width: 4, padding: 2 },
  { images: 1, inputs: 130, outputs: 140, height: 24, width: 24, padding: 1 },
];

interface Operands {
  readonly x: INDArray;
  readonly w: INDArray;
  readonly g: INDArray;
  readonly bias: INDArray;
  readonly inputBias: INDArray;
}

const sliding = (padding: number) => ({ stride: [1, 1], padding: [padding, padding], dilation: [1, 1] });

function operandsOf({ images, inputs, outputs, height, width, padding }: Plane): Operands {
  Nd4j.getRandom().setSeed(5);
  return {
    x: Nd4j.randn(images, inputs, height, width),
    w: Nd4j.randn(outputs, inputs, 3, 3),
    g: Nd4j.randn(images, outputs, height + 2 * padding - 2, width + 2 * padding - 2),
    bias: Nd4j.randn(outputs),
    inputBias: Nd4j.randn(inputs),
  };
}

/** Output and both gradients in a type. */
function run({ x, w, g, bias, inputBias }: Operands, padding: number, type: 'FLOAT' | 'DOUBLE'): INDArray[] {
  const cast = (array: INDArray): INDArray => array.castTo(type);
  const results = [g, x, w].map((array) => Nd4j.createUninitialized(type, array.shape()));
  const [out, dx, dw] = results as [INDArray, INDArray, INDArray];
  convolution(out as never, cast(x) as never, cast(w) as never, cast(bias) as never, sliding(padding));
  convolutionData(dx as never, cast(g) as never, cast(w) as never, cast(inputBias) as never, sliding(padding));
  convolutionWeights(dw as never, cast(x) as never, cast(g) as never, sliding(padding));
  return results;
}

const elements = (array: INDArray): Float64Array => array.castTo('DOUBLE').reshape(array.length()).toDoubleVector();

/** Calls `visit` for every product of the convolution: indices into out, x and w, and the channel pair's number. */
function forEachProduct(
  { images, inputs, outputs, height, width, padding }: Plane,
  visit: (out: number, x: number, w: number) => void,
): void {
  const [rows, columns] = [height + 2 * padding - 2, width + 2 * padding - 2];
  for (let n = 0; n < images; n++)
    for (let k = 0; k < outputs; k++)
      for (let c = 0; c < inputs; c++)
        for (let tap = 0; tap < 9; tap++)
          for (let i = 0; i < rows; i++) {
            const y = i - padding + Math.floor(tap / 3);
            if (y < 0 || y >= height) continue;
            for (let j = 0; j < columns; j++) {
              const z = j - padding + (tap % 3);
              if (z < 0 || z >= width) continue;
              visit(
                ((n * outputs + k) * rows + i) * columns + j,
                ((n * inputs + c) * height + y) * width + z,
                (k * inputs + c) * 9 + tap,
              );
            }
          }
}

/** The largest distance in units of ε times the products' absolute values. */
function worst(actual: Float64Array, exact: Float64Array, magnitude: Float64Array): number {
  return actual.reduce(
    (most, value, at) =>
      Math.max(most, Math.abs(value - (exact[at] as number)) / (EPSILON * (magnitude[at] as number))),
    0,
  );
}

const norm = (values: Float64Array): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

afterEach(() => {
  Nd4j.getRandom().setSeed(1);
});

describe.each(PLANES)('$images images of $inputs × $height × $width, $outputs outputs, padding $padding', (plane) => {
  test('output and gradients are within 12 · ε of the sum of absolute products, and within 10⁻⁶ in the 2-norm', () => {
    const operands = operandsOf(plane);
    const [x, w, g] = [operands.x, operands.w, operands.g].map(elements) as [Float64Array, Float64Array, Float64Array];
    const exact = [g, x, w].map((array) => new Float64Array(array.length));
    const magnitude = [g, x, w].map((array) => new Float64Array(array.length));
    const [out, dx, dw] = exact as [Float64Array, Float64Array, Float64Array];
    const [outSum, dxSum, dwSum] = magnitude as [Float64Array, Float64Array, Float64Array];
    const add = (to: Float64Array, sums: Float64Array, at: number, product: number): void => {
      to[at] = (to[at] as number) + product;
      sums[at] = (sums[at] as number) + Math.abs(product);
    };
    forEachProduct(plane, (o, i, k) => {
      const [xi, wk, go] = [x[i] as number, w[k] as number, g[o] as number];
      add(out, outSum, o, xi * wk);
      add(dx, dxSum, i, go * wk);
      add(dw, dwSum, k, go * xi);
    });
    const biases = [elements(operands.bias), elements(operands.inputBias)];
    for (const [result, bias] of biases.entries()) {
      const array = exact[result] as Float64Array;
      const channel = array.length / plane.images / bias.length;
      for (let at = 0; at < array.length; at++)
        add(array, magnitude[result] as Float64Array, at, bias[Math.floor(at / channel) % bias.length] as number);
    }
    for (const [result, array] of run(operands, plane.padding, 'FLOAT').entries()) {
      const actual = elements(array);
      const reference = exact[result] as Float64Array;
      expect(worst(actual, reference, magnitude[result] as Float64Array), `result ${result}`).toBeLessThanOrEqual(12);
      const distance = norm(actual.map((value, at) => value - (reference[at] as number)));
      expect(distance / norm(reference), `result ${result}`).toBeLessThanOrEqual(1e-6);
    }
  });
});

describe('values that are not finite', () => {
  const plane: Plane = { images: 2, inputs: 12, outputs: 14, height: 18, width: 17, padding: 1 };
  /** 1 where finite, else the value. */
  const kinds = (array: INDArray): number[] =>
    Array.from(elements(array), (value) => (Number.isFinite(value) ? 1 : value));

  test.each([
    ['x', Number.POSITIVE_INFINITY],
    ['x', Number.NaN],
    ['w', Number.NEGATIVE_INFINITY],
    ['w', Number.NaN],
    ['g', Number.POSITIVE_INFINITY],
    ['bias', Number.NaN],
    ['inputBias', Number.POSITIVE_INFINITY],
  ] as const)('%s with %d reaches the results that the direct sums give, and no other', (name, value) => {
    const operands = operandsOf(plane);
    operands[name].reshape(operands[name].length()).putScalar(7, value);
    const direct = run(operands, plane.padding, 'DOUBLE');
    for (const [result, array] of run(operands, plane.padding, 'FLOAT').entries())
      expect(kinds(array), `result ${result}`).toEqual(kinds(direct[result] as INDArray));
  });

  test('sums that overflow on the way only are taken directly', () => {
    const operands = operandsOf(plane);
    operands.x.muli(1e38);
    operands.w.muli(1e-3);
    const direct = run(operands, plane.padding, 'DOUBLE');
    const [out] = run(operands, plane.padding, 'FLOAT') as [INDArray];
    expect(kinds(out)).toEqual(kinds(direct[0] as INDArray));
  });
});
