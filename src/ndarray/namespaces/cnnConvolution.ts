// NDCNN: convolutions of one, two and three dimensions, and their gradients.

import { convolution, convolutionData } from '../../ops/convolution.ts';
import { backwardOf, type ConvolutionCall, type ConvolutionKind, forwardOf } from './convolutionCall.ts';
import { type Conv1DConfig, type Conv2DConfig, type Conv3DConfig, settingsOf } from './convolutionConfig.ts';
import {
  channelsFirst,
  outputPlaces,
  requireBias,
  requireKernel,
  requireOperand,
  requireShape,
  slidingOf,
  weightAxes,
} from './convolving.ts';

function prepare(name: string, rank: number, x: unknown, w: unknown, b: unknown, config: unknown): ConvolutionCall {
  const settings = settingsOf(name, rank, config);
  const input = requireOperand(name, 'input', x, rank + 2);
  const weights = requireOperand(name, 'weights', w, rank + 2, input);
  const view = channelsFirst(input, settings.channelsLast);
  const axes = weightAxes(settings.weightsFormat, rank + 2);
  const turned = weights.permute(...axes);
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
    axes,
    output: [view.size(0), channels, ...outPlaces],
    sliding,
  };
}

const KIND: ConvolutionKind = {
  prepare,
  toOutput: convolution,
  toInput: convolutionData,
  slidesOverInput: true,
};

/** The convolutions of NDCNN. Errors: {@link requireOperand} and its like in convolving.ts. */
export const cnnConvolution = {
  /**
   * 1-D convolution of `[N, C, W]` (or `[N, W, C]`) with weights `[k, C, K]` and a bias `[K]`, giving `[N, K, W′]` (or `[N, W′, K]`).
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  conv1d: forwardOf<Conv1DConfig>(KIND, 'conv1d', 1),
  /**
   * 2-D convolution of `[N, C, H, W]` (or NHWC) with weights `[kH, kW, C, K]` (or as the format says) and a bias `[K]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  conv2d: forwardOf<Conv2DConfig>(KIND, 'conv2d', 2),
  /**
   * 3-D convolution of `[N, D, H, W, C]` (or NCDHW) with weights `[kD, kH, kW, C, K]` and a bias `[K]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  conv3d: forwardOf<Conv3DConfig>(KIND, 'conv3d', 3),
  /** Gradients of `conv1d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.Conv1DDerivative */
  conv1dBp: backwardOf<Conv1DConfig>(KIND, 'conv1dBp', 1),
  /** Gradients of `conv2d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative */
  conv2dBp: backwardOf<Conv2DConfig>(KIND, 'conv2dBp', 2),
  /** Gradients of `conv3d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.Conv3DDerivative */
  conv3dBp: backwardOf<Conv3DConfig>(KIND, 'conv3dBp', 3),
} as const;
