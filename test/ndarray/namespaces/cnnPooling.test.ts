import { describe, expect, test } from 'vitest';
import { LocalResponseNormalizationConfig } from '../../../src/ndarray/namespaces/cnnSpatial.ts';
import { Pooling2DConfig, Pooling3DConfig } from '../../../src/ndarray/namespaces/poolingConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import { doubles, floats, ints, numbers, random } from '../../support/arrays.ts';

const cnn = Nd4j.cnn();
const nn = Nd4j.nn();
const image = random([1, 2, 4, 4]);
const config = { kH: 2, kW: 2 };

test('builders give what plain objects give', () => {
  expect(Pooling2DConfig.builder().kH(2).kW(3).isNHWC(true).build()).toEqual({ kH: 2, kW: 3, isNHWC: true });
  expect(Pooling3DConfig.builder().kD(1).kH(2).kW(3).build()).toEqual({ kD: 1, kH: 2, kW: 3 });
  expect(LocalResponseNormalizationConfig.builder().depth(2).build()).toEqual({ depth: 2 });
});

describe('refusals name what was found and what is needed', () => {
  test.each([
    ['no configuration', () => cnn.maxPooling2d(image, undefined as never), /found|needed is an object of options/],
    ['a builder', () => cnn.maxPooling2d(image, Pooling2DConfig.builder() as never), /build\(\)/],
    ['kernel 0', () => cnn.maxPooling2d(image, { kH: 0, kW: 2 }), /Kernel height .* got: 0/],
    ['no kernel', () => cnn.avgPooling2d(image, {} as never), /Kernel height .* got: -1/],
    ['stride 0', () => cnn.maxPooling2d(image, { ...config, sW: 0 }), /Stride width .* got: 0/],
    ['dilation text', () => cnn.maxPooling2d(image, { ...config, dH: '2' as never }), /dH '2'|dH "2"/],
    ['padding −1', () => cnn.maxPooling2d(image, { ...config, pH: -1 }), /Padding height can not be negative, got: -1/],
    ['another mode', () => cnn.maxPooling2d(image, { ...config, paddingMode: 'FULL' as never }), /VALID, SAME, CAUSAL/],
    ['rank 3', () => cnn.maxPooling2d(random([2, 4, 4]), config), /\[2, 4, 4\].*rank 4/],
    ['integers averaged', () => cnn.avgPooling2d(ints([1, 2, 3, 4], [1, 1, 2, 2]), config), /INT/],
    [
      'a gradient of another shape',
      () => cnn.maxPooling2dBp(image, random([1, 2, 2, 2]), config),
      /gradient.*\[1, 2, 3, 3\]/,
    ],
    [
      'a gradient of another type',
      () => cnn.avgPooling2dBp(image, floats([1, 2, 3, 4], [1, 1, 2, 2]), config),
      /FLOAT/,
    ],
    ['no array', () => cnn.maxPooling2d([1] as never, config), /INDArray/],
    ['block of 3', () => cnn.spaceToDepth(image, 3, 'NCHW'), /\[4, 4\].*multiples/],
    ['scale 0', () => cnn.upsampling2d(image, 0), /scale 0/],
    ['one block', () => cnn.spaceToBatch(image, [2], [0, 0], 0, 0), /array of 2 whole numbers/],
    ['depth 0', () => cnn.localResponseNormalization(image, { depth: 0 }), /Depth .* got: 0/],
    ['weights of other channels', () => cnn.dilation2D(image, random([2, 2, 3]), [1, 1], [1, 1], true), /weights/],
    [
      'mean of another size',
      () => nn.batchNorm(image, doubles([1]), doubles([1]), doubles([1]), doubles([1]), 1e-5, 1),
      /mean/,
    ],
    ['no axis', () => nn.standardize(image), /at least one/],
    ['dimension 4', () => nn.standardize(image, 4), /dimension 4/],
    ['channelsFirst 1', () => nn.layerNorm(image, doubles([1, 2]), 1 as never, 1), /INDArray|true or false/],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});

test('a closed array is refused', () => {
  const gone = Nd4j.zeros(1, 1, 2, 2);
  gone.close();
  expect(() => cnn.maxPooling2d(gone, config)).toThrow(/was closed/);
});

test('maxPoolWithArgmax gives values and their places in the example', () => {
  const x = doubles([1, 5, 2, 0, 3, 4, 9, 9], [1, 2, 2, 2]);
  const [values, places] = cnn.maxPoolWithArgmax(x, config) as [typeof x, typeof x];
  expect(numbers(values)).toEqual([5, 9]);
  expect(places.dataType()).toBe('LONG');
  expect(numbers(places)).toEqual([1, 6]);
});

test('depthToSpace undoes spaceToDepth, batchToSpace undoes spaceToBatch', () => {
  const x = random([2, 4, 6, 3]);
  for (const format of ['NCHW', 'NHWC'] as const) {
    const y = format === 'NHWC' ? x : x.permute(0, 3, 1, 2);
    expect(numbers(cnn.depthToSpace(cnn.spaceToDepth(y, 2, format), 2, format) as never)).toEqual(numbers(y as never));
  }
  const batches = cnn.spaceToBatch(x, [2, 3], [1, 1], 2, 1);
  expect(batches.shape()).toEqual([12, 3, 3, 3]);
  expect(numbers(cnn.batchToSpace(batches, [2, 3], [1, 1], 2, 1) as never)).toEqual(numbers(x));
});

test('the gradient of upsampling is its adjoint', () => {
  const x = random([2, 3, 2, 2]);
  const g = random([2, 3, 4, 6], 2);
  const [dx] = cnn.upsampling2dBp(x, g, 2, 3) as [typeof x];
  const left = cnn.upsampling2d(x, 2, 3, true).mul(g).sumNumber();
  expect(dx.mul(x).sumNumber()).toBeCloseTo(Number(left), 12);
});

test('batchNorm over several axes is that of each of their elements', () => {
  const x = random([3, 2, 4]);
  const ones = doubles([1, 1, 1, 1, 1, 1, 1, 1], [2, 4]);
  const mean = random([2, 4], 3);
  const y = nn.batchNorm(x, mean, ones, ones, mean, 0, 1, 2);
  expect(y.equalsWithEps(x, 1e-12)).toBe(true);
});
