// NDCNN: convolutions channel by channel, alone and followed by a mixing of the channels, and their gradients.

import {
  convolution,
  convolutionData,
  convolutionWeights,
  depthwise,
  depthwiseData,
  depthwiseWeights,
  type Sliding,
} from '../../ops/convolution.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary } from '../operands.ts';
import { biasGradientOf, gradientOf } from './convolutionCall.ts';
import { type Conv2DConfig, type ConvolutionSettings, settingsOf } from './convolutionConfig.ts';
import {
  channelsFirst,
  flat,
  freshPlaced,
  optionalBias,
  outputPlaces,
  requireBias,
  requireKernel,
  requireOperand,
  requireShape,
  slidingOf,
  weightAxes,
} from './convolving.ts';

/** Checked operands, channels first; w is [channels, multiplier, kH, kW]. */
interface Call {
  readonly input: INDArray;
  readonly weights: INDArray;
  readonly settings: ConvolutionSettings;
  readonly x: INDArray;
  readonly w: INDArray;
  /** Shape of the depthwise output, channels first. */
  readonly output: readonly number[];
  readonly sliding: Sliding;
}

/** How [channels, multiplier, kH, kW] lie in weights of a format, whose "out" is the multiplier. */
function depthwiseAxes(settings: ConvolutionSettings): number[] {
  const [multiplier, channels, ...kernel] = weightAxes(settings.weightsFormat, 4) as [number, number, number, number];
  return [channels, multiplier, ...kernel];
}

function prepare(name: string, x: unknown, w: unknown, config: unknown): Call {
  const settings = settingsOf(name, 2, config);
  const input = requireOperand(name, 'input', x, 4);
  const weights = requireOperand(name, 'weights', w, 4, input);
  const view = channelsFirst(input, settings.channelsLast);
  const turned = weights.permute(...depthwiseAxes(settings));
  const [channels, multiplier, ...kernel] = turned.shape() as [number, number, number, number];
  requireKernel(name, settings, kernel);
  requireShape(name, 'weights seen as [in, multiplier, kernel]', turned, [view.size(1), multiplier, ...kernel]);
  const places = view.shape().slice(2);
  const outPlaces = outputPlaces(name, settings, places, kernel);
  const sliding = slidingOf(settings, places, outPlaces, kernel);
  const output = [view.size(0), channels * multiplier, ...outPlaces];
  return { input, weights, settings, x: view, w: turned, output, sliding };
}

function depthWiseForward(name: string, args: readonly unknown[]): INDArray {
  const { bias: given, rest } = optionalBias(args.slice(2), 1);
  const { input, settings, x, w, output, sliding } = prepare(name, args[0], args[1], rest[0]);
  const bias = given === undefined ? null : requireBias(name, given, output[1] as number, input);
  const out = freshPlaced(input, output, settings.channelsLast);
  depthwise(channelsFirst(out, settings.channelsLast), x, w, flat(bias), sliding);
  return out;
}

function depthWiseBackward(name: string, args: readonly unknown[]): INDArray[] {
  const { bias: given, rest } = optionalBias(args.slice(2), 2);
  const call = prepare(name, args[0], args[1], rest[1]);
  const { input, weights, settings, x, output, sliding } = call;
  const bias = given === undefined ? null : requireBias(name, given, output[1] as number, input);
  const g = gradientOf(name, rest[0], call, 2);
  const dx = input.allocateDense(input.info, input.geometry.shape);
  const dw = weights.allocateDense(weights.info, weights.geometry.shape);
  depthwiseData(channelsFirst(dx, settings.channelsLast), g, call.w, sliding);
  depthwiseWeights(dw.permute(...depthwiseAxes(settings)), x, g, sliding);
  return bias === null ? [dx, dw] : [dx, dw, biasGradientOf(bias, g)];
}

const POINT: Sliding = { stride: [1, 1], padding: [0, 0], dilation: [1, 1] };

/** The pointwise weights as [out, channels · multiplier, 1, 1], checked. */
function pointWeights(name: string, call: Call, given: unknown): { readonly weights: INDArray; readonly p: INDArray } {
  const weights = requireOperand(name, 'pointwise weights', given, 4, call.input);
  const p = weights.permute(...weightAxes(call.settings.weightsFormat, 4));
  requireShape(name, 'pointwise weights seen as [out, in, 1, 1]', p, [p.size(0), call.output[1] as number, 1, 1]);
  return { weights, p };
}

function separableForward(name: string, args: readonly unknown[]): INDArray {
  const { bias: given, rest } = optionalBias(args.slice(3), 1);
  const call = prepare(name, args[0], args[1], rest[0]);
  const { input, settings, x, w, sliding } = call;
  const { p } = pointWeights(name, call, args[2]);
  const bias = given === undefined ? null : requireBias(name, given, p.size(0), input);
  const [images, , ...places] = call.output as [number, number, number, number];
  const out = freshPlaced(input, [images, p.size(0), ...places], settings.channelsLast);
  const middle = input.allocateDense(input.info, call.output);
  try {
    depthwise(middle, x, w, null, sliding);
    convolution(channelsFirst(out, settings.channelsLast), middle, p, flat(bias), POINT);
  } finally {
    releaseTemporary(middle);
  }
  return out;
}

function separableBackward(name: string, args: readonly unknown[]): INDArray[] {
  const { bias: given, rest } = optionalBias(args.slice(3), 2);
  const call = prepare(name, args[0], args[1], rest[1]);
  const { input, weights, settings, x, w, sliding } = call;
  const point = pointWeights(name, call, args[2]);
  const bias = given === undefined ? null : requireBias(name, given, point.p.size(0), input);
  const [images, , ...places] = call.output as [number, number, number, number];
  const g = gradientOf(name, rest[0], { ...call, output: [images, point.p.size(0), ...places] }, 2);
  const dx = input.allocateDense(input.info, input.geometry.shape);
  const dw = weights.allocateDense(weights.info, weights.geometry.shape);
  const dp = point.weights.allocateDense(point.weights.info, point.weights.geometry.shape);
  const middle = input.allocateDense(input.info, call.output);
  try {
    depthwise(middle, x, w, null, sliding);
    convolutionWeights(dp.permute(...weightAxes(settings.weightsFormat, 4)), middle, g, POINT);
    convolutionData(middle, g, point.p, null, POINT);
    depthwiseWeights(dw.permute(...depthwiseAxes(settings)), x, middle, sliding);
    depthwiseData(channelsFirst(dx, settings.channelsLast), middle, w, sliding);
  } finally {
    releaseTemporary(middle);
  }
  return bias === null ? [dx, dw, dp] : [dx, dw, dp, biasGradientOf(bias, g)];
}

type Bias = INDArray | null;
type DepthWise = {
  (input: INDArray, weights: INDArray, config: Conv2DConfig): INDArray;
  (input: INDArray, weights: INDArray, bias: Bias, config: Conv2DConfig): INDArray;
};
type DepthWiseBp = {
  (input: INDArray, weights: INDArray, gradient: INDArray, config: Conv2DConfig): INDArray[];
  (input: INDArray, weights: INDArray, bias: Bias, gradient: INDArray, config: Conv2DConfig): INDArray[];
};
type Separable = {
  (input: INDArray, depthWeights: INDArray, pointWeights: INDArray, config: Conv2DConfig): INDArray;
  (input: INDArray, depthWeights: INDArray, pointWeights: INDArray, bias: Bias, config: Conv2DConfig): INDArray;
};
type SeparableBp = {
  (input: INDArray, depth: INDArray, point: INDArray, gradient: INDArray, config: Conv2DConfig): INDArray[];
  (input: INDArray, depth: INDArray, point: INDArray, bias: Bias, gradient: INDArray, config: Conv2DConfig): INDArray[];
};

/** The convolutions of NDCNN that take every channel by itself. */
export const cnnDepthwise = {
  /**
   * Convolution of every channel of `[N, C, H, W]` (or NHWC) with M kernels of its own: weights `[kH, kW, C, M]`, bias `[C·M]`, result
   * `[N, C·M, H′, W′]`; output channel c·M + m.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  depthWiseConv2d: ((...args: readonly unknown[]) => depthWiseForward('depthWiseConv2d', args)) as DepthWise,
  /** Gradients of `depthWiseConv2d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.DepthwiseConv2DBp */
  depthWiseConv2dBp: ((...args: readonly unknown[]) => depthWiseBackward('depthWiseConv2dBp', args)) as DepthWiseBp,
  /**
   * `depthWiseConv2d`, then a convolution with a kernel of 1 by pointwise weights `[1, 1, C·M, K]` and a bias `[K]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  separableConv2d: ((...args: readonly unknown[]) => separableForward('separableConv2d', args)) as Separable,
  /**
   * Gradients of `separableConv2d` for input, depthwise weights, pointwise weights and, when it was given, bias.
   * @see org.nd4j.linalg.api.ops.impl.layers.convolution.SConv2DDerivative
   */
  separableConv2dBp: ((...args: readonly unknown[]) => separableBackward('separableConv2dBp', args)) as SeparableBp,
} as const;
