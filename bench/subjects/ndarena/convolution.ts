import { type INDArray, Nd4j } from 'ndarena';
import { convolutionData, convolutionWeights } from '../../../src/ops/convolution.ts';
import type { Maker, Prepared } from '../../harness/subject.ts';
import { EPSILON } from '../../tasks/batchNorm.ts';
import { type ConvolutionParameters, outputSize } from '../../tasks/convolution.ts';
import { firstOf, operation } from './namespaces.ts';
import { inWorkspace, toNumbers } from './workspace.ts';

export const convolution: Maker<'convolution'> = (parameters, inputs) => {
  const { pass, batch, channels, size, filters, kernel, stride, padding, dilation } = parameters;
  const config = {
    kH: kernel,
    kW: kernel,
    sH: stride,
    sW: stride,
    pH: padding,
    pW: padding,
    dH: dilation,
    dW: dilation,
    paddingMode: 'VALID',
    dataFormat: 'NCHW',
    weightsFormat: 'OIYX',
  };
  const call = operation('cnn', pass === 'forward' ? 'conv2d' : 'conv2dBp');
  const x = Nd4j.create(inputs.x as Float32Array, [batch, channels, size, size]);
  const w = Nd4j.create(inputs.w as Float32Array, [filters, channels, kernel, kernel]);
  if (pass === 'forward') return inWorkspace(() => firstOf(call(x, w, config)), [x, w]);
  const out = outputSize(parameters);
  const g = Nd4j.create(inputs.g as Float32Array, [batch, filters, out, out]);
  if (pass !== 'backward') return oneGradient(parameters, x, w, g);
  const both = (): readonly INDArray[] => call(x, w, g, config) as readonly INDArray[];
  return {
    ...inWorkspace(() => firstOf(both()), [x, w, g]),
    result: () => both().flatMap((each) => [...each.ravel('c').toDoubleVector()]),
  };
};

/** One gradient without the other: conv2dBp makes both, so these two go below the public API. */
function oneGradient(
  { pass, stride, padding, dilation }: ConvolutionParameters,
  x: INDArray,
  w: INDArray,
  g: INDArray,
): Prepared {
  const pair = (size: number): number[] => [size, size];
  const sliding = { stride: pair(stride), padding: pair(padding), dilation: pair(dilation) };
  const out = Nd4j.zeros(...(pass === 'backwardInput' ? x : w).shape());
  const run =
    pass === 'backwardInput'
      ? () => convolutionData(out, g, w, null, sliding)
      : () => convolutionWeights(out, x, g, sliding);
  return {
    run,
    result: () => {
      run();
      return toNumbers(out);
    },
    dispose: () => {
      for (const each of [x, w, g, out]) each.close();
    },
  };
}

export const pooling: Maker<'pooling'> = ({ kind, pass, batch, channels, size, window }, inputs) => {
  const name = kind === 'max' ? 'maxPooling2d' : 'avgPooling2d';
  const config = { kH: window, kW: window, sH: window, sW: window, pH: 0, pW: 0, dH: 1, dW: 1, isNHWC: false };
  const call = operation('cnn', pass === 'forward' ? name : `${name}Bp`);
  const x = Nd4j.create(inputs.x as Float32Array, [batch, channels, size, size]);
  if (pass === 'forward') return inWorkspace(() => firstOf(call(x, config)), [x]);
  const g = Nd4j.create(inputs.g as Float32Array, [batch, channels, size / window, size / window]);
  return inWorkspace(() => firstOf(call(x, g, config)), [x, g]);
};

export const batchNorm: Maker<'batchNorm'> = ({ pass, batch, channels, plane }, inputs) => {
  const call = operation('nn', pass === 'forward' ? 'batchNorm' : 'batchNormBp');
  const x = Nd4j.create(inputs.x as Float32Array, [batch, channels, plane, 1]);
  const vectors = ['mean', 'variance', 'gamma', 'beta'].map((name) =>
    Nd4j.create(inputs[name] as Float32Array, [channels]),
  );
  if (pass === 'forward') return inWorkspace(() => firstOf(call(x, ...vectors, EPSILON, 1)), [x, ...vectors]);
  const g = Nd4j.create(inputs.g as Float32Array, [batch, channels, plane, 1]);
  return inWorkspace(() => firstOf(call(x, ...vectors, g, EPSILON, 1)), [x, g, ...vectors]);
};
