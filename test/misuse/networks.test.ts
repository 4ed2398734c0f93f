// Networks given what they cannot use: each says what was found and what is needed, and goes on as if nothing had been.

import { afterAll, describe, expect, test } from 'vitest';
import {
  DataSet,
  DenseLayer,
  Evaluation,
  type INDArray,
  ListDataSetIterator,
  MultiLayerNetwork,
  Nd4j,
  NeuralNetConfiguration,
  OutputLayer,
} from '../../src/index.ts';
import { allocated, batch, expectNothingOpen, iterator, network } from '../support/guideNetwork.ts';

/** As JavaScript calls it, without types. */
type Untyped = Record<string, (...args: unknown[]) => unknown>;
const net = network();
const untyped = net as unknown as Untyped;
const data = batch(1);
const [features, labels] = [data.getFeatures(), data.getLabels()];
for (let i = 0; i < 5; i++) net.fit(data);
for (let i = 0; i < 5; i++) net.output(features).close();
const numbers = net.output(features);
const params = net.params().dup();
afterAll(() => net.close());

const wide = Nd4j.zeros(20, 7);
const closed = Nd4j.zeros(20, 6);
closed.close();
const withNaN = features.dup();
withNaN.putScalar([2, 1], Number.NaN);
const labelsWithNaN = labels.dup();
labelsWithNaN.putScalar([3, 0], Number.NaN);

const LAYER_0 = /layer name: layer0, layer index: 0, layer type: DenseLayer/;
const LAYER_3 = /\[20, 7\] vs \[20, 3\][\s\S]*layer name: layer3, layer index: 3, layer type: OutputLayer/;
const call =
  (method: string, ...args: unknown[]) =>
  (): unknown =>
    untyped[method]?.apply(net, args);

const wrong: [string, () => unknown, RegExp][] = [
  ['fit() without anything', call('fit'), /^Cannot fit: found undefined as features, needed is an INDArray/],
  ['fit() of null', call('fit', null, labels), /^Cannot fit: found null as features, needed is an INDArray/],
  ['fit() without labels', call('fit', features), /^Cannot fit: found undefined as labels, needed is an INDArray/],
  ['fit() of nested arrays', call('fit', [[1, 2]], labels), /^Cannot fit: found \[\[1, 2\]\] as features/],
  ['fit() of too wide features', call('fit', wide, labels), /7 columns; shape = \[20, 7\][\s\S]*# inputs = 6/],
  ['fit() of too wide features, the layer', call('fit', wide, labels), LAYER_0],
  ['fit() of rank 1', call('fit', Nd4j.zeros(20), labels), /expected matrix \(rank 2\), got rank 1[\s\S]*index: 0/],
  ['fit() to wide labels', call('fit', features, wide), LAYER_3],
  ['fit() to other examples', call('fit', features, Nd4j.zeros(19, 3)), /\[20, 6\] to labels of shape \[19, 3\]/],
  ['fit() to a class that is none', call('fit', features, [3]), /class 3 of example 0: needed is .* 0 to 2/],
  ['fit() of NaN', call('fit', withNaN, labels), /features of shape \[20, 6\]: element \[2, 1\] is NaN/],
  ['fit() to NaN', call('fit', features, labelsWithNaN), /labels of shape \[20, 3\]: element \[3, 0\] is NaN/],
  ['fit() of a closed array', call('fit', closed, labels), /argument was closed before call/],
  ['output() without anything', call('output'), /^Cannot output: found undefined as features, needed is an INDArray/],
  ['output() of nested arrays', call('output', [[1]]), /^Cannot output: found \[\[1\]\] as features/],
  ['output() of a number', call('output', 5), /^Cannot output: found 5 as features/],
  ['output() of too wide features', call('output', wide), LAYER_0],
  ['output() of no examples', call('output', Nd4j.zeros(0, 6)), /\[0, 6\]: needed is at least one example/],
  ['output() into options', call('output', features, { training: true }), /^Cannot output into object Object: needed/],
  ['a number as mask', call('fit', features, labels, 5), /^Cannot fit: found 5 as an argument, needed is an INDArray/],
  ['a mask of other examples', call('fit', features, labels, null, Nd4j.zeros(3, 1)), /shape: \[3, 1\][\s\S]*index: 3/],
  ['predict() without anything', call('predict'), /found undefined as features/],
  ['feedForward() of null', call('feedForward', null), /^Cannot feedForward: found null as features/],
  [
    'score() of an array',
    call('score', features),
    /found INDArray \[20, 6\]: needed is a DataSet|from INDArray \[20, 6\]/,
  ],
  ['score() of wide labels', call('score', new DataSet(features, wide)), LAYER_3],
  ['a listener that is none', call('setListeners', {}), /object Object: it has no iterationDone\(\); extend Base/],
  ['a number as listener', call('addListeners', 5), /listen with 5: it has no iterationDone\(\)/],
  ['a layer that is none', call('getLayer', 'x'), /"x": the network has layers 0 to 3, named layer0, layer1/],
  ['a parameter that is none', call('getParam', '9_W'), /"9_W": the network has 0_W, 0_b, 1_W/],
];

const wrongAsync: [string, () => Promise<unknown>, RegExp][] = [
  ['evaluate() of a DataSet', async () => call('evaluate', data)(), /^Cannot evaluate a DataSet: needed is a DataSetI/],
  ['evaluate() without anything', async () => call('evaluate')(), /^Cannot evaluate undefined: needed is a DataSetI/],
  [
    'an evaluation that is none',
    async () => call('doEvaluation', iterator(1), {})(),
    /object Object: needed is an IEv/,
  ],
  ['a class as evaluation', async () => call('doEvaluation', iterator(1), Evaluation)(), /with a function: needed/],
  ['no epochs', () => net.fit(iterator(1), 0), /Cannot fit 0 epochs: needed is a whole number of at least 1/],
  ['labels that do not fit', () => net.fit(new ListDataSetIterator([new DataSet(features, wide)], 1)), LAYER_3],
  [
    'a scope around an asynchronous loop',
    () =>
      Nd4j.getWorkspaceManager()
        .createNewWorkspace({ initialSize: 64 }, 'MINE')
        .run(() => net.fit(iterator(1))),
    /asynchronous function in workspace \[MINE\]/,
  ],
];

describe('misuse of a network says what was found and needed, and leaves network and memory as they were', () => {
  /** The network computes what it did, with the same parameters; nothing is open, nothing is held. */
  function expectUnharmed(bytes: number): void {
    expectNothingOpen();
    expect(allocated() - bytes).toBeLessThan(2048);
    expect(net.params().equals(params)).toBe(true);
    const again = net.output(features);
    expect(again.equals(numbers)).toBe(true);
    again.close();
  }

  test.each(wrong)('%s', (_name, action, message) => {
    const bytes = allocated();
    expect(action).toThrow(message);
    expectUnharmed(bytes);
  });

  test.each(wrongAsync)('%s', async (_name, action, message) => {
    await expect((async (): Promise<unknown> => action())()).rejects.toThrow(message);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expectUnharmed(allocated());
  });
});

describe('misuse of a network before it is one', () => {
  const conf = new NeuralNetConfiguration.Builder()
    .list()
    .layer(new DenseLayer({ nIn: 6, nOut: 4 }))
    .layer(new OutputLayer({ nIn: 4, nOut: 3, activation: 'SOFTMAX', lossFunction: 'MCXENT' }));

  test.each([
    ['nothing', undefined, /from undefined: needed is a MultiLayerConfiguration/],
    ['a builder', conf, /from a builder: needed is a MultiLayerConfiguration; did you forget build\(\)\?/],
  ])('a network of %s is refused', (_name, given, message) => {
    expect(() => new MultiLayerNetwork(given as never)).toThrow(message);
  });

  test.each(['output', 'predict', 'params', 'summary', 'paramTable', 'getUpdater'])(
    '%s() of a network that is not initialized says to call init()',
    (method) => {
      const fresh = new MultiLayerNetwork(conf.build()) as unknown as Untyped;
      expect(() => fresh[method]?.(features)).toThrow(/is not initialized, call init\(\) first/);
      expectNothingOpen();
    },
  );

  test('a closed network says so', () => {
    const fresh = new MultiLayerNetwork(conf.build());
    fresh.init();
    fresh.close();
    fresh.close();
    expect(() => fresh.output(features)).toThrow(/the network has been closed/);
    expect(() => fresh.fit(data)).toThrow(/the network has been closed/);
  });

  test('an iterator or an evaluation of what is no array is refused', () => {
    expect(() => new ListDataSetIterator(data as never)).toThrow(/^Cannot iterate over a DataSet: needed is a list/);
    expect(() => new Evaluation(3).eval([[1]] as never, [[1]] as never)).toThrow(/^Cannot evaluate \[\[1\]\]: needed/);
  });

  test('a DataSet of what is no array is refused', () => {
    expect(() => new DataSet([[1]] as unknown as INDArray, labels)).toThrow(
      'Cannot make a DataSet: found [[1]] as features, needed is an INDArray or null',
    );
  });
});
