// NDCNN: deconvolutions of two and three dimensions, and their gradients. A deconvolution is what the gradient of a convolution's
// input is: input and output change places.

import { biasGradient, convolution, convolutionData, convolutionWeights, type Sliding } from '../../ops/convolution.ts';
import type { INDArray } from '../ndarray.ts';
import { type ConvolutionSettings, type DeConv2DConfig, type DeConv3DConfig, settingsOf } from './convolutionConfig.ts';
import {
  channelsFirst,
  deconvolvedPlaces,
  flat,
  freshPlaced,
  optionalBias,
  placed,
  requireBias,
  requireKernel,
  requireOperand,
  requireShape,
  slidingOf,
  weightAxes,
} from './convolving.ts';

/** Checked operands of one deconvolution, channels first; w is [in, out, …kernel]. */
interface Call {
  readonly input: INDArray;
  readonly weights: INDArray;
  readonly bias: INDArray | null;
  readonly settings: ConvolutionSettings;
  readonly x: INDArray;
  readonly w: INDArray;
  readonly output: readonly number[];
  readonly sliding: Sliding;
}

function prepare(name: string, rank: number, x: unknown, w: unknown, b: unknown, config: unknown): Call {
  const settings = settingsOf(name, rank, config);
  const input = requireOperand(name, 'input', x, rank + 2);
  const weights = requireOperand(name, 'weights', w, rank + 2, input);
  const view = channelsFirst(input, settings.channelsLast);
  const turned = weights.permute(...weightAxes('YXIO', rank + 2));
  const kernel = turned.shape().slice(2);
  const channels = turned.size(1);
  requireKernel(name, settings, kernel);
  requireShape(name, 'weights [kernel, out, in]', weights, [...kernel, channels, view.size(1)]);
  const bias = b === undefined ? null : requireBias(name, b, channels, input);
  const places = view.shape().slice(2);
  const outPlaces = deconvolvedPlaces(name, settings, places, kernel);
  const sliding = slidingOf(settings, outPlaces, places, kernel);
  return {
    input,
    weights,
    bias,
    settings,
    x: view,
    w: turned,
    output: [view.size(0), channels, ...outPlaces],
    sliding,
  };
}

function forward(name: string, rank: number, args: readonly unknown[]): INDArray {
  const { bias: given, rest } = optionalBias(args.slice(2), 1);
  const { input, bias, settings, x, w, output, sliding } = prepare(name, rank, args[0], args[1], given, rest[0]);
  const out = freshPlaced(input, output, settings.channelsLast);
  convolutionData(channelsFirst(out, settings.channelsLast), x, w, flat(bias), sliding);
  return out;
}

function backward(name: string, rank: number, args: readonly unknown[]): INDArray[] {
  const { bias: given, rest } = optionalBias(args.slice(2), 2);
  const call = prepare(name, rank, args[0], args[1], given, rest[1]);
  const { input, weights, bias, settings, x, w, output, sliding } = call;
  const gradient = requireOperand(name, 'gradient', rest[0], rank + 2, input);
  requireShape(name, 'gradient', gradient, placed(output, settings.channelsLast));
  const g = channelsFirst(gradient, settings.channelsLast);
  const dx = input.allocateDense(input.info, input.geometry.shape);
  const dw = weights.allocateDense(weights.info, weights.geometry.shape);
  convolution(channelsFirst(dx, settings.channelsLast), g, w, null, sliding);
  convolutionWeights(dw.permute(...weightAxes('YXIO', rank + 2)), g, x, sliding);
  if (bias === null) return [dx, dw];
  const db = bias.allocateDense(bias.info, bias.geometry.shape);
  biasGradient(db.reshape(db.length()), g);
  return [dx, dw, db];
}

type Forward<C> = {
  (input: INDArray, weights: INDArray, config: C): INDArray;
  (input: INDArray, weights: INDArray, bias: INDArray | null, config: C): INDArray;
};

type Backward<C> = {
  (input: INDArray, weights: INDArray, gradient: INDArray, config: C): INDArray[];
  (input: INDArray, weights: INDArray, bias: INDArray | null, gradient: INDArray, config: C): INDArray[];
};

/** The deconvolutions of NDCNN. */
export const cnnDeconvolution = {
  /**
   * 2-D deconvolution of `[N, C, H, W]` (or NHWC) with weights `[kH, kW, K, C]` and a bias `[K]`, giving `[N, K, H′, W′]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  deconv2d: ((...args: readonly unknown[]) => forward('deconv2d', 2, args)) as Forward<DeConv2DConfig>,
  /**
   * 3-D deconvolution of `[N, C, D, H, W]` (or NDHWC) with weights `[kD, kH, kW, K, C]` and a bias `[K]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  deconv3d: ((...args: readonly unknown[]) => forward('deconv3d', 3, args)) as Forward<DeConv3DConfig>,
  /** Gradients of `deconv2d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative */
  deconv2dBp: ((...args: readonly unknown[]) => backward('deconv2dBp', 2, args)) as Backward<DeConv2DConfig>,
  /** Gradients of `deconv3d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv3DDerivative */
  deconv3dBp: ((...args: readonly unknown[]) => backward('deconv3dBp', 3, args)) as Backward<DeConv3DConfig>,
} as const;
