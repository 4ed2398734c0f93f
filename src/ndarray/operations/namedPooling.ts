// Custom operations by name: poolings, and rearrangements of pixels.

import { pnormPool, pnormPoolBackward } from '../../ops/pooling.ts';
import type { cnnSpatial } from '../namespaces/cnnSpatial.ts';
import { floatingImage, gradientOf, requireSizes } from '../namespaces/imageArguments.ts';
import { NDCNN } from '../namespaces/ndcnn.ts';
import { poolingOf } from '../namespaces/poolingConfig.ts';
import type { INDArray } from '../ndarray.ts';
import { type Call, flag, type Row, type Rows, row, without } from './named.ts';

type Pooling = (x: INDArray, config: never) => INDArray;
type PoolingBp = (x: INDArray, gradient: INDArray, config: never) => INDArray[];

const TWO = 'kH kW sH sW pH pW dH dW same [extra] [nhwc]';
const THREE = 'kD kH kW sD sH sW pD pH pW dD dH dW same [extra] [ndhwc]';

function config2d(call: Call): Record<string, unknown> {
  return {
    ...without(call, 'same', 'extra', 'nhwc'),
    paddingMode: flag(call, 'same') ? 'SAME' : 'VALID',
    divisor: call.int.extra === 1 ? 'INCLUDE_PADDING' : 'EXCLUDE_PADDING',
    isNHWC: flag(call, 'nhwc'),
  };
}

function config3d(call: Call): Record<string, unknown> {
  return {
    ...without(call, 'same', 'extra', 'ndhwc'),
    isSameMode: flag(call, 'same'),
    divisor: call.int.extra === 1 ? 'INCLUDE_PADDING' : 'EXCLUDE_PADDING',
    isNCDHW: !flag(call, 'ndhwc'),
  };
}

type Config = (call: Call) => Record<string, unknown>;

const forward =
  (ints: string, config: Config) =>
  (pooling: Pooling): Row =>
    row('input', ints, (call) => pooling(call.inputs[0] as INDArray, config(call) as never));
const backward =
  (ints: string, config: Config) =>
  (pooling: PoolingBp): Row =>
    row('input gradient', ints, (call) => {
      const [x, g] = call.inputs as [INDArray, INDArray];
      return pooling(x, g, config(call) as never);
    });
const pool2d = forward(TWO, config2d);
const pool2dBp = backward(TWO, config2d);
const pool3d = forward(THREE, config3d);
const pool3dBp = backward(THREE, config3d);

function pnorm(call: Call): INDArray {
  const x = floatingImage(call.name, call.inputs[0]);
  const { window, shape } = poolingOf(call.name, x.geometry.shape, config2d(call), 2);
  const result = x.allocateDense(x.info, shape);
  pnormPool(result, x, window, call.int.extra as number);
  return result;
}

function pnormBp(call: Call): INDArray {
  const x = floatingImage(call.name, call.inputs[0]);
  const { window, shape } = poolingOf(call.name, x.geometry.shape, config2d(call), 2);
  const g = gradientOf(call.name, x, call.inputs[1], shape);
  const result = x.allocateDense(x.info, x.geometry.shape);
  pnormPoolBackward(result, x, g, window, call.int.extra as number);
  return result;
}

/** Scales that made a gradient of an image. */
function scales(x: INDArray, g: INDArray, rank: number, isFirst: boolean): number[] {
  const first = isFirst ? 2 : 1;
  return Array.from(
    { length: rank },
    (_, d) => (g.geometry.shape[first + d] ?? 0) / (x.geometry.shape[first + d] ?? 1),
  );
}

const upsampling2dBp = row('input gradient', '[nchw]', (call) => {
  const [x, g] = call.inputs as [INDArray, INDArray];
  const isFirst = flag(call, 'nchw');
  const [h, w] = scales(x, g, 2, isFirst) as [number, number];
  return NDCNN.upsampling2dBp(x, g, h, w, isFirst);
});

/** The rows of a [2, 2] array. */
function pairs(name: string, table: INDArray): [number[], number[]] {
  requireSizes(name, 'borders', table, [2, 2]);
  const [a, b, c, d] = [...table.castTo('INT').reshape(4).toIntVector()] as [number, number, number, number];
  return [
    [a, b],
    [c, d],
  ];
}

type Blocks = typeof cnnSpatial.spaceToBatch;

const blocks = (operation: Blocks): Row =>
  row('input borders', 'block', ({ name, inputs: [x, borders], int: { block } }) =>
    operation(x as INDArray, [block as number, block as number], ...pairs(name, borders as INDArray)),
  );
const blocksNd = (operation: Blocks): Row =>
  row('input blocks borders', '', ({ name, inputs: [x, sizes, borders] }) =>
    operation(x as INDArray, [...(sizes as INDArray).toIntVector()], ...pairs(name, borders as INDArray)),
  );

const depth = (operation: typeof cnnSpatial.spaceToDepth): Row =>
  row('input', 'block nhwc', (call) =>
    operation(call.inputs[0] as INDArray, call.int.block as number, flag(call, 'nhwc') ? 'NHWC' : 'NCHW'),
  );

/** Poolings and rearrangements by name. `extra` is 1 where averages count the padding, and the exponent of p-norms. */
export const namedPooling: Rows = {
  maxpool2d: pool2d(NDCNN.maxPooling2d),
  maxpool2d_bp: pool2dBp(NDCNN.maxPooling2dBp),
  avgpool2d: pool2d(NDCNN.avgPooling2d),
  avgpool2d_bp: pool2dBp(NDCNN.avgPooling2dBp),
  pnormpool2d: row('input', 'kH kW sH sW pH pW dH dW same extra [nhwc]', pnorm),
  pnormpool2d_bp: row('input gradient', 'kH kW sH sW pH pW dH dW same extra [nhwc]', pnormBp),
  maxpool3dnew: pool3d(NDCNN.maxPooling3d),
  maxpool3dnew_bp: pool3dBp(NDCNN.maxPooling3dBp),
  avgpool3dnew: pool3d(NDCNN.avgPooling3d),
  avgpool3dnew_bp: pool3dBp(NDCNN.avgPooling3dBp),
  upsampling2d: row('input', 'scaleH scaleW [nchw]', (call) =>
    NDCNN.upsampling2d(
      call.inputs[0] as INDArray,
      call.int.scaleH as number,
      call.int.scaleW as number,
      flag(call, 'nchw'),
    ),
  ),
  upsampling2d_bp: upsampling2dBp,
  upsampling_bp: upsampling2dBp,
  upsampling3d: row('input', 'scaleD scaleH scaleW [ncdhw]', (call) => {
    const { scaleD, scaleH, scaleW } = call.int as { scaleD: number; scaleH: number; scaleW: number };
    return NDCNN.upsampling3d(call.inputs[0] as INDArray, flag(call, 'ncdhw'), scaleD, scaleH, scaleW);
  }),
  upsampling3d_bp: row('input gradient', '[ncdhw]', (call) => {
    const [x, g] = call.inputs as [INDArray, INDArray];
    const isFirst = flag(call, 'ncdhw');
    return NDCNN.upsampling3dBp(x, g, isFirst, ...(scales(x, g, 3, isFirst) as [number, number, number]));
  }),
  space_to_depth: depth(NDCNN.spaceToDepth),
  depth_to_space: depth(NDCNN.depthToSpace),
  space_to_batch: blocks(NDCNN.spaceToBatch),
  batch_to_space: blocks(NDCNN.batchToSpace),
  space_to_batch_nd: blocksNd(NDCNN.spaceToBatch),
  batch_to_space_nd: blocksNd(NDCNN.batchToSpace),
};
