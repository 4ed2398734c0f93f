import * as ort from 'onnxruntime-web';
import { Cannot, type Maker } from '../../harness/subject.ts';
import { HIDDEN, INPUTS, OUTPUTS, PARAMETERS } from '../../tasks/mlp.ts';
import { chain } from './model.ts';

const SHAPES = [[INPUTS, HIDDEN], [HIDDEN], [HIDDEN, OUTPUTS], [OUTPUTS]] as const;

/** One model with the weights inside, graph optimization on. */
export const mlp: Maker<'mlp'> = async ({ operation, batch }, inputs, variant) => {
  if (operation === 'fit') throw new Cannot('onnxruntime-web does not train');
  if (variant !== 'session') throw new Cannot('a network is no operator: see the session');
  const weights = PARAMETERS.map((name, i) => ({
    name,
    shape: SHAPES[i] as readonly number[],
    values: inputs[name] as Float32Array,
  }));
  const model = chain(
    [
      { type: 'Gemm', inputs: ['x', 'w0', 'b0'] },
      { type: 'Relu' },
      { type: 'Gemm', inputs: ['', 'w1', 'b1'] },
      { type: 'Softmax', attributes: { axis: 1 } },
    ],
    { name: 'x', shape: [batch, INPUTS] },
    weights,
  );
  const session = await ort.InferenceSession.create(model, {
    executionProviders: ['wasm'],
    graphOptimizationLevel: 'all',
    intraOpNumThreads: 1,
  });
  const feeds = { x: new ort.Tensor('float32', inputs.features as Float32Array, [batch, INPUTS]) };
  return {
    run: () => session.run(feeds),
    result: async () => (await session.run(feeds)).out?.data as Float32Array,
    dispose: () => void session.release(),
  };
};
