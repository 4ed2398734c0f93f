// NDCNN: deconvolutions of two and three dimensions, and their gradients. A deconvolution is what the gradient of a convolution's
// input is: input and output change places.

import { convolution, convolutionData } from '../../ops/convolution.ts';
import { backwardOf, type ConvolutionCall, type ConvolutionKind, forwardOf } from './convolutionCall.ts';
import { type DeConv2DConfig, type DeConv3DConfig, settingsOf } from './convolutionConfig.ts';
import {
  channelsFirst,
  deconvolvedPlaces,
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
  const axes = weightAxes('YXIO', rank + 2);
  const turned = weights.permute(...axes);
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
    axes,
    output: [view.size(0), channels, ...outPlaces],
    sliding,
  };
}

const KIND: ConvolutionKind = {
  prepare,
  toOutput: convolutionData,
  toInput: convolution,
  slidesOverInput: false,
};

/** The deconvolutions of NDCNN. */
export const cnnDeconvolution = {
  /**
   * 2-D deconvolution of `[N, C, H, W]` (or NHWC) with weights `[kH, kW, K, C]` and a bias `[K]`, giving `[N, K, H′, W′]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  deconv2d: forwardOf<DeConv2DConfig>(KIND, 'deconv2d', 2),
  /**
   * 3-D deconvolution of `[N, C, D, H, W]` (or NDHWC) with weights `[kD, kH, kW, K, C]` and a bias `[K]`.
   * @throws {ND4JIllegalStateException} when shapes do not fit @throws {ND4JIllegalArgumentException} for an impossible configuration
   */
  deconv3d: forwardOf<DeConv3DConfig>(KIND, 'deconv3d', 3),
  /** Gradients of `deconv2d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv2DDerivative */
  deconv2dBp: backwardOf<DeConv2DConfig>(KIND, 'deconv2dBp', 2),
  /** Gradients of `deconv3d` for input, weights and, when it was given, bias. @see org.nd4j.linalg.api.ops.impl.layers.convolution.DeConv3DDerivative */
  deconv3dBp: backwardOf<DeConv3DConfig>(KIND, 'deconv3dBp', 3),
} as const;
