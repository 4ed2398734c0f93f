// Custom operations by name: convolutions, deconvolutions, patches.

import { ND4JIllegalArgumentException } from '../../core/errors.ts';
import { NDCNN } from '../namespaces/ndcnn.ts';
import type { INDArray } from '../ndarray.ts';
import { type Call, flag, type Row, type Rows, row, without, wordOf } from './named.ts';

type Function = (...args: readonly unknown[]) => INDArray | INDArray[];

const INPUTS = 'input weights [bias]';
const WITH_GRADIENT = 'input weights [bias] gradient';
const MODES = ['VALID', 'SAME', 'CAUSAL'] as const;
const TAIL = 'mode [format] [weights]';
const ONE = `k s p d ${TAIL}`;
const TWO = `kH kW sH sW pH pW dH dW ${TAIL}`;
const THREE = `kD kH kW sD sH sW pD pH pW dD dH dW ${TAIL}`;
const FORMATS = [
  ['NCW', 'NWC'],
  ['NCHW', 'NHWC'],
  ['NCDHW', 'NDHWC'],
] as const;

/** Window, mode and format of a call over `rank` dimensions. Only 2-D convolutions have a choice of weights formats. */
function configOf(call: Call, rank: number, isDeconvolution = false): Record<string, unknown> {
  const config: Record<string, unknown> = without(call, 'mode', 'format', 'weights');
  config.dataFormat = wordOf(call, 'format', FORMATS[rank - 1] as readonly string[]);
  if (isDeconvolution) config.isSameMode = flag(call, 'mode');
  else config.paddingMode = wordOf(call, 'mode', MODES);
  const weights = wordOf(call, 'weights', ['YXIO', 'OIYX', 'OYXI']);
  if (rank === 2 && !isDeconvolution) config.weightsFormat = weights;
  else if (weights !== 'YXIO') {
    throw new ND4JIllegalArgumentException(
      `Cannot execute ${call.name} with weights format ${call.int.weights}: needed is 0, weights [kernel, …]; permute them`,
    );
  }
  return config;
}

function convolution(rank: number, ints: string, operation: unknown, isDeconvolution = false): Row {
  return row(INPUTS, ints, (call) => (operation as Function)(...call.inputs, configOf(call, rank, isDeconvolution)));
}

function gradient(rank: number, ints: string, operation: unknown, isDeconvolution = false): Row {
  return row(WITH_GRADIENT, ints, (call) =>
    (operation as Function)(...call.inputs, configOf(call, rank, isDeconvolution)),
  );
}

/** The pointwise weights among the last inputs are those of rank 4. */
function hasPoint(inputs: readonly INDArray[], at: number): boolean {
  return inputs[at]?.rank() === 4;
}

/** Convolutions by name. Weights formats are 0: [kernel, in, out], 1: [out, in, kernel], 2: [out, kernel, in]. */
export const namedConvolutions: Rows = {
  conv1d: convolution(1, ONE, NDCNN.conv1d),
  conv1d_bp: gradient(1, ONE, NDCNN.conv1dBp),
  conv2d: convolution(2, TWO, NDCNN.conv2d),
  conv2d_bp: gradient(2, TWO, NDCNN.conv2dBp),
  conv3dnew: convolution(3, THREE, NDCNN.conv3d),
  conv3dnew_bp: gradient(3, THREE, NDCNN.conv3dBp),
  deconv2d: convolution(2, TWO, NDCNN.deconv2d, true),
  deconv2d_bp: gradient(2, TWO, NDCNN.deconv2dBp, true),
  deconv3d: convolution(3, THREE, NDCNN.deconv3d, true),
  deconv3d_bp: gradient(3, THREE, NDCNN.deconv3dBp, true),
  depthwise_conv2d: convolution(2, TWO, NDCNN.depthWiseConv2d),
  depthwise_conv2d_bp: gradient(2, TWO, NDCNN.depthWiseConv2dBp),
  sconv2d: row('input depthWeights [pointWeights] [bias]', TWO, (call) => {
    const operation = hasPoint(call.inputs, 2) ? NDCNN.separableConv2d : NDCNN.depthWiseConv2d;
    return (operation as Function)(...call.inputs, configOf(call, 2));
  }),
  sconv2d_bp: row('input gradient depthWeights [pointWeights] [bias]', TWO, (call) => {
    const [input, g, ...weights] = call.inputs;
    const operation = hasPoint(weights, 1) ? NDCNN.separableConv2dBp : NDCNN.depthWiseConv2dBp;
    return (operation as Function)(input, ...weights, g, configOf(call, 2));
  }),
  im2col: row('input', 'kH kW sH sW pH pW dH dW [mode]', (call) =>
    NDCNN.im2Col(call.inputs[0] as INDArray, {
      ...without(call, 'mode'),
      paddingMode: flag(call, 'mode') ? 'SAME' : 'VALID',
    }),
  ),
  col2im: row('patches', 'sH sW pH pW kH kW dH dW [mode]', (call) =>
    NDCNN.col2Im(call.inputs[0] as INDArray, {
      ...without(call, 'mode'),
      paddingMode: flag(call, 'mode') ? 'SAME' : 'VALID',
    }),
  ),
};
