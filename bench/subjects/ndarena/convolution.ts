import { type INDArray, Nd4j } from 'ndarena';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { EPSILON } from '../../tasks/batchNorm.ts';
import { outputSize } from '../../tasks/convolution.ts';
import { firstOf, operation } from './namespaces.ts';
import { inWorkspace } from './workspace.ts';

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
  if (pass !== 'backward') throw new Cannot('conv2dBp makes both gradients at once');
  const out = outputSize(parameters);
  const g = Nd4j.create(inputs.g as Float32Array, [batch, filters, out, out]);
  const both = (): readonly INDArray[] => call(x, w, g, config) as readonly INDArray[];
  return {
    ...inWorkspace(() => firstOf(both()), [x, w, g]),
    result: () => both().flatMap((each) => [...each.ravel('c').toDoubleVector()]),
  };
};

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
