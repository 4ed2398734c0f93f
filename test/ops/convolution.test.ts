import { describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import * as ops from '../../src/ops/convolution.ts';
import * as naive from '../reference/convolution.ts';
import { expectClose } from '../support/close.ts';

type Type = 'FLOAT' | 'DOUBLE';

/** Small whole numbers: sums are exact in float32 whatever their order, so that results can be compared bit by bit. */
function whole(length: number, seed: number): Float64Array {
  let state = seed + 1;
  return Float64Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return ((state >>> 24) % 8) - 3;
  });
}

interface Case {
  readonly input: readonly number[];
  readonly kernel: readonly number[];
  readonly images?: number;
  readonly channels?: number;
  readonly outputs?: number;
  readonly stride?: readonly number[];
  readonly padding?: readonly number[];
  readonly dilation?: readonly number[];
  /** Positions beyond what the padded input gives: padding behind. */
  readonly more?: number;
}

function sized(each: Case): naive.Naive & { readonly rank: number } {
  const rank = each.input.length;
  const fill = (values: readonly number[] | undefined, fallback: number): number[] => {
    const own = values ?? new Array<number>(rank).fill(fallback);
    return [...new Array<number>(3 - rank).fill(fallback), ...own];
  };
  const input = fill(each.input, 1);
  const kernel = fill(each.kernel, 1);
  const stride = fill(each.stride, 1);
  const padding = fill(each.padding, 0);
  const dilation = fill(each.dilation, 1);
  const output = input.map((size, d) => {
    const covered = ((kernel[d] as number) - 1) * (dilation[d] as number) + 1;
    const own = Math.floor((size + 2 * (padding[d] as number) - covered) / (stride[d] as number)) + 1;
    return own + (d < 3 - rank ? 0 : (each.more ?? 0));
  });
  const { images = 1, channels = 1, outputs = 1 } = each;
  return { images, channels, outputs, input, kernel, stride, padding, dilation, output, rank };
}

const read = (x: INDArray): Float64Array => Float64Array.from(x.ravel('c').toDoubleVector());
function checkCase(each: Case, type: Type): void {
  const s = sized(each);
  const { rank, images, channels, outputs } = s;
  const tail = (sizes: readonly number[]): number[] => sizes.slice(3 - rank);
  const sliding = { stride: tail(s.stride), padding: tail(s.padding), dilation: tail(s.dilation) };
  const array = (values: Float64Array, ...shape: number[]): INDArray =>
    Nd4j.createFromArray(Array.from(values))
      .castTo(type)
      .reshape(...shape);
  const x = whole(naive.inputLength(s), 1);
  const g = whole(naive.outputLength(s), 2);
  const w = whole(naive.weightLength(s), 3);
  const bias = whole(outputs, 4);
  const inputBias = whole(channels, 5);
  const xShape = [images, channels, ...tail(s.input)];
  const gShape = [images, outputs, ...tail(s.output)];
  const wShape = [outputs, channels, ...tail(s.kernel)];
  const X = array(x, ...xShape);
  const G = array(g, ...gShape);
  const W = array(w, ...wShape);
  const out = Nd4j.valueArrayOf(gShape, Number.NaN).castTo(type);
  const dx = Nd4j.valueArrayOf(xShape, Number.NaN).castTo(type);
  const dw = Nd4j.valueArrayOf(wShape, Number.NaN).castTo(type);
  const what = JSON.stringify(each);
  ops.convolution(out, X, W, array(bias, outputs), sliding);
  expectClose(read(out), naive.convolve(s, x, w, bias), { abs: 0 }, `forward ${what}`);
  ops.convolution(out, X, W, null, sliding);
  expectClose(read(out), naive.convolve(s, x, w), { abs: 0 }, `forward without bias ${what}`);
  ops.convolutionData(dx, G, W, null, sliding);
  expectClose(read(dx), naive.inputGradient(s, g, w), { abs: 0 }, `data ${what}`);
  ops.convolutionData(dx, G, W, array(inputBias, channels), sliding);
  expectClose(read(dx), naive.inputGradient(s, g, w, inputBias), { abs: 0 }, `data with bias ${what}`);
  ops.convolutionWeights(dw, X, G, sliding);
  expectClose(read(dw), naive.weightGradient(s, x, g), { abs: 0 }, `weights ${what}`);
  const columns = Nd4j.valueArrayOf([images, channels, ...tail(s.kernel), ...tail(s.output)], Number.NaN).castTo(type);
  ops.im2col(columns, X, sliding);
  expectClose(read(columns), naive.patches(s, x), { abs: 0 }, `im2col ${what}`);
  ops.col2im(dx, columns, sliding);
  expectClose(read(dx), naive.gather(s, naive.patches(s, x)), { abs: 0 }, `col2im ${what}`);
  checkDepthwise(s, type, what);
}

function checkDepthwise(s: ReturnType<typeof sized>, type: Type, what: string): void {
  const own = { ...s, outputs: 2 * s.channels };
  const tail = (sizes: readonly number[]): number[] => sizes.slice(3 - s.rank);
  const sliding = { stride: tail(s.stride), padding: tail(s.padding), dilation: tail(s.dilation) };
  const array = (values: Float64Array, ...shape: number[]): INDArray =>
    Nd4j.createFromArray(Array.from(values))
      .castTo(type)
      .reshape(...shape);
  const x = whole(naive.inputLength(own), 6);
  const g = whole(naive.outputLength(own), 7);
  const w = whole(naive.weightLength(own, true), 8);
  const bias = whole(own.outputs, 9);
  const X = array(x, s.images, s.channels, ...tail(s.input));
  const G = array(g, s.images, own.outputs, ...tail(s.output));
  const W = array(w, s.channels, 2, ...tail(s.kernel));
  const [out, dx, dw] = [G, X, W].map((each) => Nd4j.valueArrayOf(each.shape(), Number.NaN).castTo(type)) as [
    INDArray,
    INDArray,
    INDArray,
  ];
  ops.depthwise(out, X, W, array(bias, own.outputs), sliding);
  expectClose(read(out), naive.convolve(own, x, w, bias, true), { abs: 0 }, `depthwise ${what}`);
  ops.depthwiseData(dx, G, W, sliding);
  expectClose(read(dx), naive.inputGradient(own, g, w, undefined, true), { abs: 0 }, `depthwise data ${what}`);
  ops.depthwiseWeights(dw, X, G, sliding);
  expectClose(read(dw), naive.weightGradient(own, x, g, true), { abs: 0 }, `depthwise weights ${what}`);
}

const CASES: readonly Case[] = [
  { input: [1, 1], kernel: [1, 1] },
  { input: [1, 1], kernel: [3, 3], padding: [1, 1], channels: 2, outputs: 3, images: 2 },
  { input: [3, 4], kernel: [5, 6], padding: [2, 3], channels: 3, outputs: 2 },
  { input: [6, 7], kernel: [3, 2], channels: 2, outputs: 5, images: 3, more: 1 },
  { input: [9, 8], kernel: [3, 3], stride: [2, 3], padding: [1, 2], channels: 3, outputs: 4, images: 2 },
  { input: [12, 11], kernel: [3, 3], dilation: [2, 3], padding: [2, 1], channels: 2, outputs: 3 },
  { input: [12, 17], kernel: [2, 4], dilation: [3, 2], stride: [3, 2], padding: [4, 3], channels: 2, outputs: 2 },
  { input: [5, 5], kernel: [1, 1], stride: [3, 3], padding: [-1, -1], channels: 2, outputs: 2 },
  { input: [33, 40], kernel: [3, 3], padding: [1, 1], channels: 20, outputs: 17, images: 2 },
  { input: [12, 12], kernel: [3, 3], padding: [1, 1], channels: 45, outputs: 131 },
  { input: [7, 7], kernel: [1, 1], channels: 390, outputs: 33, images: 2 },
  { input: [9], kernel: [4], stride: [2], padding: [3], channels: 3, outputs: 2, images: 2 },
  { input: [4, 5, 6], kernel: [2, 3, 2], stride: [1, 2, 2], padding: [1, 1, 0], channels: 2, outputs: 3, images: 2 },
  { input: [5, 4, 3], kernel: [3, 2, 2], dilation: [2, 1, 2], padding: [0, 1, 1], channels: 3, outputs: 2 },
];

describe.each(['FLOAT', 'DOUBLE'] as const)('convolutions of %s', (type) => {
  test.each(CASES.map((each) => [JSON.stringify(each), each] as const))('equal the definition: %s', (_, each) => {
    checkCase(each, type);
  });

  test('equal the definition for every width from 1 to 67', () => {
    for (let width = 1; width <= 67; width++) {
      checkCase({ input: [2, width], kernel: [2, 3], padding: [0, 1], channels: 2, outputs: 3 }, type);
      checkCase({ input: [1, width], kernel: [1, 1], channels: 3, outputs: 2 }, type);
      checkCase({ input: [3, width], kernel: [3, 2], padding: [1, 1], stride: [1, 2], outputs: 2 }, type);
    }
  });
});

describe('operands of any layout', () => {
  test('permuted, sliced and fortran-ordered views give the values of dense arrays, also as results', () => {
    const x = Nd4j.createFromArray(Array.from(whole(2 * 5 * 6 * 3, 1)))
      .reshape(2, 5, 6, 3)
      .permute(0, 3, 1, 2);
    const w = Nd4j.createFromArray(Array.from(whole(4 * 3 * 3 * 2, 2)))
      .reshape(4, 3, 3, 2)
      .dup('f');
    const bias = Nd4j.createFromArray(Array.from(whole(8, 3)))
      .reshape(4, 2)
      .getColumn(1);
    const sliding = { stride: [1, 1], padding: [1, 0], dilation: [1, 1] };
    const expected = Nd4j.create(2, 4, 5, 5);
    ops.convolution(expected, x.dup('c'), w.dup('c'), bias.dup(), sliding);
    const strided = Nd4j.create(2, 5, 5, 4).permute(0, 3, 1, 2);
    ops.convolution(strided, x, w, bias, sliding);
    expect(read(strided)).toEqual(read(expected));
  });

  test('HALF and integers compute on copies', () => {
    const x = Nd4j.createFromArray(Array.from(whole(25, 1))).reshape(1, 1, 5, 5);
    const w = Nd4j.createFromArray(Array.from(whole(9, 2))).reshape(1, 1, 3, 3);
    const sliding = { stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
    const expected = Nd4j.create(1, 1, 3, 3);
    ops.convolution(expected, x, w, null, sliding);
    for (const type of ['HALF', 'BFLOAT16', 'INT'] as const) {
      const out = Nd4j.create(1, 1, 3, 3).castTo(type);
      ops.convolution(out, x.castTo(type), w.castTo(type), null, sliding);
      expect(read(out.castTo('DOUBLE'))).toEqual(read(expected));
    }
  });
});

test('repeated convolutions give equal bits, and NaN and infinities reach exactly the outputs that see them', () => {
  const s = sized({ input: [6, 9], kernel: [3, 3], padding: [1, 1], channels: 2, outputs: 3, images: 2 });
  const sliding = { stride: [1, 1], padding: [1, 1], dilation: [1, 1] };
  const x = Float64Array.from(whole(naive.inputLength(s), 1));
  x.set([Number.NaN, Infinity, -0, 1e-40, -Infinity], 20);
  const w = whole(naive.weightLength(s), 2);
  const X = Nd4j.createFromArray(Array.from(x)).castTo('FLOAT').reshape(2, 2, 6, 9);
  const W = Nd4j.createFromArray(Array.from(w)).castTo('FLOAT').reshape(3, 2, 3, 3);
  const [first, second] = [Nd4j.create(2, 3, 6, 9), Nd4j.create(2, 3, 6, 9)] as [INDArray, INDArray];
  ops.convolution(first, X, W, null, sliding);
  ops.convolution(second, X, W, null, sliding);
  expect(read(second)).toEqual(read(first));
  expectClose(read(first), naive.convolve(s, x, w), { abs: 1e-30 });
});

test('padding is a factor 0: under a weight of NaN outputs at the border are NaN, in a depthwise convolution those that see it', () => {
  const sliding = { stride: [1, 1], padding: [1, 1], dilation: [1, 1] };
  const x = Nd4j.ones(1, 1, 3, 3);
  const w = Nd4j.ones(1, 1, 3, 3);
  w.putScalar([0, 0, 0, 0], Number.NaN);
  const out = Nd4j.create(1, 1, 3, 3);
  ops.convolution(out, x, w, null, sliding);
  expect(read(out).every(Number.isNaN)).toBe(true);
  ops.depthwise(out, x, w, null, sliding);
  expectClose(read(out), [4, 6, 4, 6, Number.NaN, Number.NaN, 4, Number.NaN, Number.NaN], { abs: 0 });
});
