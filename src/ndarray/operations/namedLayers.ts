// Custom operations by name: products, softmax, normalization, what layers are made of.

import { ND4JIllegalArgumentException } from '../../core/errors.ts';
import { NDLinalg } from '../namespaces/ndlinalg.ts';
import { NDNN } from '../namespaces/ndnn.ts';
import { nd4jCreation } from '../nd4jCreation.ts';
import { nd4jLinear } from '../nd4jLinear.ts';
import type { INDArray } from '../ndarray.ts';
import { releaseTemporary } from '../operands.ts';
import { type Call, flag, type Rows, row } from './named.ts';

type Function<R> = (...args: readonly unknown[]) => R;

/** Input, mean, variance, gamma and beta of a batch normalization: missing ones are made, and released. */
function normalized<R>(
  call: Call,
  others: number,
  run: (parameters: readonly INDArray[], hasScale: boolean, hasOffset: boolean) => R,
): R {
  const { name, inputs, ints } = call;
  const [hasScale, hasOffset] = [flag(call, 'scale'), flag(call, 'offset')];
  const needed = 3 + Number(hasScale) + Number(hasOffset) + others;
  if (inputs.length !== needed) {
    throw new ND4JIllegalArgumentException(
      `Cannot execute ${name} with ${inputs.length} inputs, scale ${ints[0]} and offset ${ints[1]}: needed are ${needed} inputs`,
    );
  }
  const [x, mean, variance] = inputs as [INDArray, INDArray, INDArray];
  const made: INDArray[] = [];
  const constant = (value: number): INDArray => {
    const array = nd4jCreation.valueArrayOf(mean.shape(), value, mean.dataType());
    made.push(array);
    return array;
  };
  const gamma = hasScale ? (inputs[3] as INDArray) : constant(1);
  const beta = hasOffset ? (inputs[hasScale ? 4 : 3] as INDArray) : constant(0);
  try {
    return run([x, mean, variance, gamma, beta], hasScale, hasOffset);
  } finally {
    made.forEach(releaseTemporary);
  }
}

/** The dimensions of the channels: the last one unless given. */
function channelsOf({ ints, inputs }: Call): readonly number[] {
  return ints.length > 2 ? ints.slice(2) : [(inputs[0] as INDArray).rank() - 1];
}

function along(x: INDArray, dimension: number | undefined): number {
  return dimension ?? x.rank() - 1;
}

/** Operations of layers by name. */
export const namedLayers: Rows = {
  matmul: row('x y', '[transposeX] [transposeY] [transposeZ]', (call) => {
    const [x, y] = call.inputs as [INDArray, INDArray];
    const [alpha = 1, beta = 0] = call.floats;
    const product = nd4jLinear.matmul(
      x,
      y,
      flag(call, 'transposeX'),
      flag(call, 'transposeY'),
      flag(call, 'transposeZ'),
    );
    if (alpha !== 1) product.muli(alpha);
    const [z] = call.outputs;
    return beta !== 0 && z ? product.addi(z.mul(beta)) : product;
  }),
  matmul_bp: row('x y gradient', '[transposeX] [transposeY] [transposeZ]', (call) => {
    const [x, y, g] = call.inputs as [INDArray, INDArray, INDArray];
    return NDLinalg.mmulBp(x, y, g, flag(call, 'transposeX'), flag(call, 'transposeY'), flag(call, 'transposeZ'));
  }),
  softmax: row('x', '[dimension]', ({ inputs: [x], int }) =>
    NDNN.softmax(x as INDArray, along(x as INDArray, int.dimension)),
  ),
  log_softmax: row('x', '[dimension]', ({ inputs: [x], int }) =>
    NDNN.logSoftmax(x as INDArray, along(x as INDArray, int.dimension)),
  ),
  softmax_bp: row('x gradient', '[dimension]', ({ inputs: [x, g], int }) =>
    NDNN.softmaxDerivative(x as INDArray, g as INDArray, along(x as INDArray, int.dimension)),
  ),
  batchnorm: row('input mean variance [gamma] [beta]', 'scale offset ...', (call) =>
    normalized(call, 0, (parameters) =>
      (NDNN.batchNorm as Function<INDArray>)(...parameters, call.floats[0] ?? 1e-5, ...channelsOf(call)),
    ),
  ),
  batchnorm_bp: row('input mean variance [gamma] [beta] gradient', 'scale offset ...', (call) =>
    normalized(call, 1, (parameters, hasScale, hasOffset) => {
      const all = (NDNN.batchNormBp as Function<INDArray[]>)(
        ...parameters,
        call.inputs.at(-1),
        call.floats[0] ?? 1e-5,
        ...channelsOf(call),
      );
      return all.filter((_, i) => i < 3 || (i === 3 ? hasScale : hasOffset));
    }),
  ),
  layer_norm: row('input gain [bias]', 'dimension ...', ({ inputs, ints, booleans: [first = false] }) =>
    (NDNN.layerNorm as Function<INDArray>)(...inputs, first, ...ints),
  ),
  layer_norm_bp: row('input gain [bias] gradient', 'dimension ...', ({ inputs, ints, booleans: [first = false] }) =>
    (NDNN.layerNormBp as Function<INDArray[]>)(...inputs, first, ...ints),
  ),
  standardize: row('x', 'dimension ...', ({ inputs: [x], ints }) => NDNN.standardize(x as INDArray, ...ints)),
  standardize_bp: row('x gradient', 'dimension ...', ({ inputs: [x, g], ints }) =>
    NDNN.standardizeBp(x as INDArray, g as INDArray, ...ints),
  ),
  biasadd: row('input bias', '', ({ inputs: [x, b], booleans: [nchw = false] }) =>
    NDNN.biasAdd(x as INDArray, b as INDArray, nchw),
  ),
  biasadd_bp: row('input bias gradient', '', ({ inputs: [x, b, g], booleans: [nchw = false] }) =>
    NDNN.biasAddBp(x as INDArray, b as INDArray, g as INDArray, nchw),
  ),
  xw_plus_b: row('input weights bias', '', ({ inputs: [x, w, b] }) =>
    NDNN.linear(x as INDArray, w as INDArray, b as INDArray),
  ),
  relu_layer: row('input weights bias', '', ({ inputs: [x, w, b] }) =>
    NDNN.reluLayer(x as INDArray, w as INDArray, b as INDArray),
  ),
  top_k: row('x', '[k] [sorted]', ({ inputs: [x], int: { k = 1 } }) => NDNN.topK(x as INDArray, k)),
};
