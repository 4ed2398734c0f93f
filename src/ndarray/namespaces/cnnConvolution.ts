// NDCNN: convolutions of one, two and three dimensions, and their gradients.

import { biasGradient, convolution, convolutionData, convolutionWeights, type Sliding } from '../../ops/convolution.ts';
import type { INDArray } from '../ndarray.ts';
import {
  type Conv1DConfig,
  type Conv2DConfig,
  type Conv3DConfig,
  type ConvolutionSettings,
  settingsOf,
} from './convolutionConfig.ts';
import {
  channelsFirst,
  flat,
  freshPlaced,
  optionalBias,
  outputPlaces,
  placed,
  requireBias,
  requireKernel,
  requireOperand,
  requireShape,
  slidingOf,
  weightAxes,
} from './convolving.ts';

/** Checked operands of one convolution, channels first. */
interface Call {
  readonly input: INDArray;
  readonly weights: INDArray;
  readonly bias: INDArray | null;
  readonly settings: ConvolutionSettings;
  readonly x: INDArray;
  readonly w: INDArray;
  /** Shape of the output, channels first. */
  readonly output: readonly number[];
  readonly sliding: Sliding;
}

function prepare(name: string, rank: number, x: unknown, w: unknown, b: unknown, config: unknown): Call {
  const settings = settingsOf(name, rank, config);
  const input = requireOperand(name, 'input', x, rank + 2);
  const weights = requireOperand(name, 'weights', w, rank + 2, input);
  const view = channelsFirst(input, settings.channelsLast);
  const turned = weights.permute(...weightAxes(settings.weightsFormat, rank + 2));
  const channels = turned.size(0);
  const kernel = turned.shape().slice(2);
  requireKernel(name, settings, kernel);
  requireShape(name, 'weights seen as [out, in, kernel]', turned, [channels, view.size(1), ...kernel]);
  const bias = b === undefined ? null : requireBias(name, b, channels, input);
  const places = view.shape().slice(2);
  const outPlaces = outputPlaces(name, settings, places, kernel);
  const sliding = slidingOf(settings, places, outPlaces, kernel);
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
  convolution(channelsFirst(out, settings.channelsLast), x, w, flat(bias), sliding);
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
  convolutionData(channelsFirst(dx, settings.channelsLast), g, w, null, sliding);
  convolutionWeights(dw.permute(...weightAxes(settings.weightsFormat, rank + 2)), x, g, sliding);
  if (bias === null) return [dx, dw];
  const db = bias.allocateDense(bias.info, bias.geometry.shape);
  biasGradient(db.reshape(db.length()), g);
  return [dx, dw, db];
}

function conv1d(input: INDArray, weights: INDArray, config: Conv1DConfig): INDArray;
function conv1d(input: INDArray, weights: INDArray, bias: INDArray | null, config: Conv1DConfig): INDArray;
function conv1d(...args: readonly unknown[]): INDArray {
  return forward('conv1d', 1, args);
}

function conv2d(input: INDArray, weights: INDArray, config: Conv2DConfig): INDArray;
function conv2d(input: INDArray, weights: INDArray, bias: INDArray | null, config: Conv2DConfig): INDArray;
function conv2d(...args: readonly unknown[]): INDArray {
  return forward('conv2d', 2, args);
}

function conv3d(input: INDArray, weights: INDArray, config: Conv3DConfig): INDArray;
function conv3d(input: INDArray, weights: INDArray, bias: INDArray | null, config: Conv3DConfig): INDArray;
function conv3d(...args: readonly unknown[]): INDArray {
  return forward('conv3d', 3, args);
}

type Backward<C> = {
  (input: INDArray, weights: INDArray, gradient: INDArray, config: C): INDArray[];
  (input: INDArray, weights: INDArray, bias: INDArray | null, gradient: INDArray, config: C): INDArray[];
};

/** The convolutions of NDCNN. Errors: {@link requireOperand} and its like in convolving.ts. */
export const cnnConvolution = {
  /**
   * 1-D convolution of `[N, C, W]` (or `[N, W, C]`) with weights `[k, C, K]` and a bias `[K]`, giving `[N, K, W′]` (or `[N, W′, K]`).
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  conv1d,
  /**
   * 2-D convolution of `[N, C, H, W]` (or NHWC) with weights `[kH, kW, C, K]` (or as the format says) and a bias `[K]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  conv2d,
  /**
   * 3-D convolution of `[N, D, H, W, C]` (or NCDHW) with weights `[kD, kH, kW, C, K]` and a bias `[K]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  conv3d,
  /** Gradients of `conv1d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.Conv1DDerivative */
  conv1dBp: ((...args: readonly unknown[]) => backward('conv1dBp', 1, args)) as Backward<Conv1DConfig>,
  /** Gradients of `conv2d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative */
  conv2dBp: ((...args: readonly unknown[]) => backward('conv2dBp', 2, args)) as Backward<Conv2DConfig>,
  /** Gradients of `conv3d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.Conv3DDerivative */
  conv3dBp: ((...args: readonly unknown[]) => backward('conv3dBp', 3, args)) as Backward<Conv3DConfig>,
} as const;
