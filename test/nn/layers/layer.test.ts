// Layers on their own: contract, places of arrays, parameters, masks, preprocessors, layers of one's own.

import { beforeEach, describe, expect, test } from 'vitest';
import { vectorGeometry } from '../../../src/core/geometry.ts';
import { WorkspaceConfiguration } from '../../../src/memory/configuration.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import {
  ActivationLayer,
  DenseLayer,
  DropoutLayer,
  EmbeddingLayer,
  LossLayer,
  OutputLayer,
} from '../../../src/nn/conf/feedForwardConf.ts';
import { CnnToFeedForwardPreProcessor, RnnToFeedForwardPreProcessor } from '../../../src/nn/conf/inputPreProcessors.ts';
import { InputType } from '../../../src/nn/conf/inputType.ts';
import type { LayerConf } from '../../../src/nn/conf/layerConf.ts';
import { instantiateLayer, registerLayer } from '../../../src/nn/layers/instantiate.ts';
import type { Layer } from '../../../src/nn/layers/layer.ts';
import type { LossOutput } from '../../../src/nn/layers/output.ts';
import { instantiatePreProcessor } from '../../../src/nn/layers/preProcessors.ts';
import { LayerWorkspaceMgr } from '../../../src/nn/workspace/layerWorkspaceMgr.ts';
import { realmRandom } from '../../../src/ops/random.ts';
import { doubles, numbers, random } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, features, networkOf } from '../../support/networks.ts';

beforeEach(() => resetMemory());

/** A layer with parameters of its own, drawn from seed 3. */
function layerOf(conf: LayerConf): Layer {
  const layer = instantiateLayer(conf, { index: 0, miniBatch: true });
  const none = LayerWorkspaceMgr.noWorkspaces();
  const vector = (): INDArray => none.create('INPUT', 'DOUBLE', [layer.layOut(0)]).reshape(layer.layOut(0));
  const [params, gradient] = [vector(), vector()];
  realmRandom().setSeed(3);
  layer.initializeParams(params.viewOf(0, vectorGeometry(params.length())));
  layer.attach(params, gradient);
  return layer;
}

const layers: Record<string, [LayerConf, INDArray, number]> = {
  DenseLayer: [new DenseLayer({ nIn: 4, nOut: 3, activation: 'TANH', hasLayerNorm: true }), random([5, 4], 2), 3],
  ActivationLayer: [new ActivationLayer({ activation: 'SIGMOID' }), random([5, 4], 2), 4],
  DropoutLayer: [new DropoutLayer(0.5), random([5, 4], 2), 4],
  EmbeddingLayer: [new EmbeddingLayer({ nIn: 6, nOut: 3 }), doubles([0, 1, 5, 2, 2], [5, 1]), 3],
  OutputLayer: [new OutputLayer({ nIn: 4, nOut: 3 }), random([5, 4], 2), 3],
  LossLayer: [new LossLayer({ lossFunction: 'MSE' }), random([5, 3], 2), 3],
};

describe('every layer', () => {
  for (const [name, [conf, input, width]] of Object.entries(layers)) {
    for (const training of [false, true]) {
      test(`${name} makes output and gradient where its manager says (training ${training})`, () => {
        const layer = layerOf(conf);
        if (layer.isOutputLayer) (layer as Layer & LossOutput).labels = classes(5, 3, 'DOUBLE');
        const configuration = new WorkspaceConfiguration({ initialSize: 1 << 16 });
        const manager = LayerWorkspaceMgr.builder()
          .with('ACTIVATIONS', 'A', configuration)
          .with('ACTIVATION_GRAD', 'G', configuration)
          .with('FF_WORKING_MEM', 'F', configuration)
          .with('BP_WORKING_MEM', 'B', configuration)
          .with('INPUT', 'I', configuration)
          .build();
        using _scopes = manager.notifyScopeEntered(
          'ACTIVATIONS',
          'ACTIVATION_GRAD',
          'FF_WORKING_MEM',
          'BP_WORKING_MEM',
          'INPUT',
        );
        const output = layer.activate(input, training, manager);
        expect([output.shape(), output.buffer.workspace?.getId()]).toEqual([[5, width], 'A']);
        const gradient = layer.backpropGradient(layer.isOutputLayer ? null : random([5, width], 8), manager);
        if (name === 'EmbeddingLayer') expect(gradient).toBeNull();
        else expect([gradient?.shape(), gradient?.buffer.workspace?.getId()]).toEqual([input.shape(), 'G']);
        expect(layer.input()).not.toBeNull();
        layer.clear();
        expect(layer.input()).toBeNull();
      });
    }

    test(`${name} changes neither its input nor the gradient it is given`, () => {
      const layer = layerOf(conf);
      const none = LayerWorkspaceMgr.noWorkspaces();
      if (layer.isOutputLayer) (layer as Layer & LossOutput).labels = classes(5, 3, 'DOUBLE');
      const epsilon = random([5, width], 8);
      const before = [numbers(input), numbers(epsilon)];
      layer.activate(input, true, none);
      layer.backpropGradient(layer.isOutputLayer ? null : epsilon, none);
      expect([numbers(input), numbers(epsilon)]).toEqual(before);
    });
  }

  test('without a forward pass there is nothing to backpropagate', () => {
    expect(() =>
      layerOf(layers.DenseLayer![0]).backpropGradient(random([5, 3], 1), LayerWorkspaceMgr.noWorkspaces()),
    ).toThrow('no input is set');
  });

  test('a key that it does not have is refused, naming those it has', () => {
    expect(() => layerOf(layers.DenseLayer![0]).getParam('RW')).toThrow('it has "W", "b", "g"');
  });

  test('an output layer without labels says so', () => {
    const layer = layerOf(layers.OutputLayer![0]);
    layer.activate(random([5, 4], 1), true, LayerWorkspaceMgr.noWorkspaces());
    expect(() => layer.backpropGradient(null, LayerWorkspaceMgr.noWorkspaces())).toThrow('Labels are not set (null)');
  });
});

describe('dropout', () => {
  test('keeps the share p of the inputs, scaled, and only in training', () => {
    const layer = layerOf(new DropoutLayer(0.25));
    const none = LayerWorkspaceMgr.noWorkspaces();
    const ones = random([50, 80], 1).assign(1);
    expect(numbers(layer.activate(ones, false, none))).toEqual(numbers(ones));
    const values = numbers(layer.activate(ones, true, none));
    const kept = values.filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([4]));
    expect(kept.length / values.length).toBeGreaterThan(0.22);
    expect(kept.length / values.length).toBeLessThan(0.28);
  });
});

describe('preprocessors', () => {
  test('images are flattened in c order, and their gradients come back as images', () => {
    const preProcessor = instantiatePreProcessor(new CnnToFeedForwardPreProcessor(2, 3, 2));
    const none = LayerWorkspaceMgr.noWorkspaces();
    const images = random([4, 2, 2, 3], 1);
    const rows = preProcessor?.preProcess(images, none) as INDArray;
    expect([rows.shape(), numbers(rows)]).toEqual([[4, 12], numbers(images)]);
    expect(preProcessor?.backprop(rows, none).shape()).toEqual([4, 2, 2, 3]);
    const permuted = random([4, 3, 2, 2], 1).permute(0, 3, 2, 1);
    expect(numbers(preProcessor?.preProcess(permuted, none) as INDArray)).toEqual(numbers(permuted));
    expect(() => preProcessor?.preProcess(random([4, 3, 3, 3], 1), none)).toThrow(
      'needed is rank 4 with 12 elements for each example',
    );
    expect(preProcessor?.preProcess(rows, none)).toBe(rows);
  });

  test('a network on images trains', () => {
    const network = networkOf(
      'ENABLED',
      [new DenseLayer({ nOut: 5, activation: 'TANH' }), new OutputLayer({ nOut: 3 })],
      { inputType: InputType.convolutional(2, 3, 2) },
    );
    const images = features(6, 12).reshape(6, 2, 2, 3);
    network.fit(images, classes());
    const before = network.score();
    for (let i = 0; i < 50; i++) network.fit(images, classes());
    expect(network.score()).toBeLessThan(before);
    const { inputGradient } = network.calculateGradients(images, classes());
    expect(inputGradient?.shape()).toEqual([6, 2, 2, 3]);
  });

  test('what is not built yet is refused by name', () => {
    expect(() => instantiatePreProcessor(new RnnToFeedForwardPreProcessor())).toThrow(
      'Cannot build RnnToFeedForwardPreProcessor',
    );
  });
});

describe('a layer of one’s own', () => {
  class Unknown extends DenseLayer {
    static override readonly javaName: string = 'test.Unknown';
  }

  test('must be registered, and is then built', () => {
    const conf = new Unknown({ nIn: 2, nOut: 2, name: 'mine' });
    expect(() => instantiateLayer(conf, { index: 4, miniBatch: true })).toThrow(
      'Cannot build layer 4 (mine, Unknown): Unknown has no implementation here; register one with registerLayer',
    );
    registerLayer(Unknown, (each, context) =>
      instantiateLayer(new DenseLayer({ nIn: each.nIn, nOut: each.nOut }), context),
    );
    expect(instantiateLayer(conf, { index: 0, miniBatch: true }).index).toBe(0);
  });
});
