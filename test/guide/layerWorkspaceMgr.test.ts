// The workspaces guide, sentence by sentence: LayerWorkspaceMgr, with layers written by a user.

import { afterEach, describe, expect, test } from 'vitest';
import {
  ArrayType,
  DenseLayer,
  type INDArray,
  Layer,
  type LayerContext,
  LayerWorkspaceMgr,
  MultiLayerConfiguration,
  MultiLayerNetwork,
  Nd4j,
  NeuralNetConfiguration,
  NoParamLayer,
  OutputLayer,
  registerLayer,
  Sgd,
  type WorkspaceMode,
} from '../../src/index.ts';
import { allocated, batch, CLASSES, detachedArrays, expectNothingOpen, INPUTS } from '../support/guideNetwork.ts';

const MODES: readonly WorkspaceMode[] = ['NONE', 'SINGLE', 'SEPARATE', 'ENABLED'];
const workspaces = Nd4j.getWorkspaceManager();
afterEach(() => {
  expectNothingOpen();
  workspaces.destroyAllWorkspacesForCurrentThread();
});

/** A layer that squares its input. */
class Square extends NoParamLayer {
  static override readonly javaName = 'test.Square';
}
class SquareAtWork extends Layer<Square> {
  activate(input: INDArray, _training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    const output = manager.create(ArrayType.ACTIVATIONS, input.dataType(), input.shape(), 'c');
    return output.assign(input).muli(input);
  }
  backpropGradient(epsilon: INDArray, manager: LayerWorkspaceMgr): INDArray {
    return manager.leverageTo(ArrayType.ACTIVATION_GRAD, this.requireInput().mul(2).muli(epsilon));
  }
}
registerLayer(Square, (conf, context) => new SquareAtWork(conf, context));

/** The same with the mistake that the guide warns of: what it returns is defined in the workspace of its scratch. */
class Careless extends NoParamLayer {
  static override readonly javaName = 'test.Careless';
}
class CarelessAtWork extends SquareAtWork {
  override activate(input: INDArray, _training: boolean, manager: LayerWorkspaceMgr): INDArray {
    this.setInput(input, manager);
    return manager.dup(ArrayType.FF_WORKING_MEM, input);
  }
}
registerLayer(Careless, (conf, context) => new CarelessAtWork(conf as unknown as Square, context));

/** Dense, the custom layer, output. */
function custom(layer: NoParamLayer, mode: WorkspaceMode, dataType: 'FLOAT' | 'DOUBLE' = 'FLOAT'): MultiLayerNetwork {
  const net = new MultiLayerNetwork(
    new NeuralNetConfiguration.Builder()
      .seed(7)
      .updater(new Sgd(0.1))
      .dataType(dataType)
      .trainingWorkspaceMode(mode)
      .inferenceWorkspaceMode(mode)
      .list()
      .layer(new DenseLayer({ nIn: INPUTS, nOut: 5, activation: 'TANH' }))
      .layer(layer)
      .layer(new OutputLayer({ nIn: 5, nOut: CLASSES, activation: 'SOFTMAX', lossFunction: 'MCXENT' }))
      .build(),
  );
  net.init();
  return net;
}

describe('it allows us to precisely control the location of a given array, given different configurations', () => {
  test.each(MODES)(
    '%s: the layer returns activations in ACTIVATIONS and activation gradients in ACTIVATION_GRAD, and implementers need not worry',
    (mode) => {
      using net = custom(new Square(), mode);
      using reference = custom(new Square(), 'NONE');
      const data = batch(3);
      for (let step = 0; step < 5; step++) {
        net.fit(data);
        reference.fit(data);
      }
      expect(net.params().equals(reference.params())).toBe(true);
      const [, hidden, squared] = net.feedForward(data.getFeatures());
      expect(hidden !== undefined && squared?.equals(hidden.mul(hidden))).toBe(true);
      expect(net.output(data.getFeatures()).equals(reference.output(data.getFeatures()))).toBe(true);
    },
  );

  test('a configuration with it goes through JSON', () => {
    using net = custom(new Square(), 'ENABLED');
    const configuration = net.getLayerWiseConfigurations();
    expect(MultiLayerConfiguration.fromJson(configuration.toJson()).equals(configuration)).toBe(true);
  });

  test('its gradient is right: central differences of the score agree', () => {
    using net = custom(new Square(), 'ENABLED', 'DOUBLE');
    const data = batch(3);
    const features = data.getFeatures().castTo('DOUBLE');
    const labels = data.getLabels().castTo('DOUBLE');
    net.setInput(features);
    net.setLabels(labels);
    net.computeGradientAndScore();
    const gradient = net.getFlattenedGradients().dup().divi(features.size(0));
    const params = net.params();
    for (let index = 0; index < params.length(); index += 3) {
      const value = params.getDouble(index);
      const scores = [1e-5, -1e-5].map((step) => {
        params.putScalar(index, value + step);
        net.computeGradientAndScore();
        return net.score();
      });
      params.putScalar(index, value);
      const difference = ((scores[0] as number) - (scores[1] as number)) / 2e-5;
      expect(Math.abs(difference - gradient.getDouble(index))).toBeLessThan(1e-8);
    }
  });

  test.each(['SEPARATE', 'ENABLED'] as const)(
    '%s: a layer that returns an array defined elsewhere is named, with the workspaces, and nothing has changed',
    (mode) => {
      using net = custom(new Careless(), mode);
      const data = batch(3);
      const before = net.params().dup();
      const pattern =
        /array \(ACTIVATIONS\) workspace validation failed \(layer 1 - layer name "layer1" - class: Careless(?:AtWork)?\)[\s\S]*"WS_\w+" but is in workspace "WS_LAYER_WORKING_MEM"/;
      expect(() => net.fit(data)).toThrow(pattern);
      expectNothingOpen();
      expect(() => net.output(data.getFeatures())).toThrow(pattern);
      expectNothingOpen();
      expect(net.params().equals(before)).toBe(true);
    },
  );
});

describe('You can also leverage an array defined in any workspace to the appropriate workspace', () => {
  const configuration = { initialSize: 4096, policyLearning: 'NONE' } as const;
  const conf = workspaces.createNewWorkspace(configuration, 'CONF').getWorkspaceConfiguration();
  const manager = LayerWorkspaceMgr.builder();
  if (conf !== null) {
    manager.with('ACTIVATIONS', 'ACT', conf).with('FF_WORKING_MEM', 'WORK', conf).noWorkspaceFor('ACTIVATION_GRAD');
  }
  const built = manager.build();

  test('LayerWorkspaceMgr.leverageTo(ArrayType.ACTIVATIONS, myArray)', () => {
    using _act = built.notifyScopeEntered(ArrayType.ACTIVATIONS);
    const work = built.notifyScopeEntered(ArrayType.FF_WORKING_MEM);
    const mine = Nd4j.ones(3);
    expect(mine.data().getParentWorkspace()?.getId()).toBe('WORK');
    const leveraged = built.leverageTo(ArrayType.ACTIVATIONS, mine);
    expect(leveraged.data().getParentWorkspace()?.getId()).toBe('ACT');
    expect(built.leverageTo(ArrayType.ACTIVATIONS, leveraged)).toBe(leveraged);
    const free = built.leverageTo(ArrayType.ACTIVATION_GRAD, mine);
    expect(free.isAttached()).toBe(false);
    work.close();
    expect([leveraged.sumNumber(), free.sumNumber()]).toEqual([3, 3]);
  });

  test('when the appropriate workspace is not open, the error names it and the type', () => {
    using _work = built.notifyScopeEntered(ArrayType.FF_WORKING_MEM);
    const mine = Nd4j.ones(3);
    expect(() => built.leverageTo(ArrayType.ACTIVATIONS, mine)).toThrow(
      'Workspace "ACT" for array type ACTIVATIONS is not open',
    );
    expect(() => built.create(ArrayType.ACTIVATIONS, 'FLOAT', 3)).toThrow(
      'Workspace "ACT" for array type ACTIVATIONS is not open',
    );
    expect(() => built.create(ArrayType.INPUT, 'FLOAT', 3)).toThrow(/arrayType: INPUT/);
  });
});

describe('If you are not implementing a custom layer you can use LayerWorkspaceMgr.noWorkspaces()', () => {
  const context: LayerContext = { index: 0, miniBatch: true };

  test('to perform forward pass for a layer outside of a MultiLayerNetwork', () => {
    const layer = new SquareAtWork(new Square(), context);
    const manager = LayerWorkspaceMgr.noWorkspaces();
    const output = layer.activate(Nd4j.create([[1, 2, 3]]), false, manager);
    expect(output.isAttached()).toBe(false);
    expect(output.toArray()).toEqual([[1, 4, 9]]);
    const gradient = layer.backpropGradient(Nd4j.ones(1, 3), manager);
    expect(gradient.isAttached()).toBe(false);
    expect(gradient.toArray()).toEqual([[2, 4, 6]]);
  });

  test('of a network too: the output is what the network computes, which takes no memory itself', () => {
    using net = custom(new Square(), 'ENABLED');
    const features = batch(3).getFeatures();
    const run = (): INDArray => {
      const manager = LayerWorkspaceMgr.noWorkspaces();
      return net.getLayers().reduce((input, layer) => layer.activate(input, false, manager), features);
    };
    expect(run().equals(net.output(features))).toBe(true);
    for (const layer of net.getLayers()) layer.clear();
    for (let i = 0; i < 3; i++) net.output(features).close();
    const [bytes, arrays] = [allocated(), detachedArrays()];
    net.output(features).close();
    expect([allocated(), detachedArrays()]).toEqual([bytes, arrays]);
  });
});
