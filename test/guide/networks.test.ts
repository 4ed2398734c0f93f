// The workspaces guide, sentence by sentence: neural networks and the modes of their workspaces.

import { afterEach, describe, expect, test } from 'vitest';
import {
  BaseTrainingListener,
  type INDArray,
  MultiLayerConfiguration,
  MultiLayerNetwork,
  Nd4j,
  NeuralNetConfiguration,
  type WorkspaceMode,
} from '../../src/index.ts';
import {
  allocated,
  batch,
  collected,
  detachedArrays,
  expectNothingOpen,
  iterator,
  network,
  workspaceSizes,
} from '../support/guideNetwork.ts';

const MODES: readonly WorkspaceMode[] = ['NONE', 'SINGLE', 'SEPARATE', 'ENABLED'];
const manager = Nd4j.getWorkspaceManager();
afterEach(() => {
  expectNothingOpen();
  manager.destroyAllWorkspacesForCurrentThread();
});

/** All elements in order. */
const elements = (array: INDArray): number[] => Array.from(array.ravel().toDoubleVector());

/** Bytes of all workspaces after training for a while. */
function bytesAfterTraining(training: WorkspaceMode): number {
  manager.destroyAllWorkspacesForCurrentThread();
  using net = network({ training });
  for (let step = 0; step < 10; step++) net.fit(batch(step));
  return Object.values(workspaceSizes()).reduce((sum, [size]) => sum + size, 0);
}

describe('Workspaces are integrated for training and inference', () => {
  test('workspaces are enabled by default, thus no explicit configuration is required', () => {
    using net = network();
    const configuration = net.getLayerWiseConfigurations();
    expect(configuration.trainingWorkspaceMode).toBe('ENABLED');
    expect(configuration.inferenceWorkspaceMode).toBe('ENABLED');
    net.fit(batch(1));
    expect(Object.keys(workspaceSizes())).toContain('WS_ALL_LAYERS_ACT');
  });

  test('.trainingWorkspaceMode(WorkspaceMode.SEPARATE) and .inferenceWorkspaceMode(WorkspaceMode.SINGLE) in your neural network configuration', () => {
    using net = network({ training: 'SEPARATE', inference: 'SINGLE' });
    const configuration = net.getLayerWiseConfigurations();
    expect([configuration.trainingWorkspaceMode, configuration.inferenceWorkspaceMode]).toEqual(['SEPARATE', 'SINGLE']);
    const restored = MultiLayerConfiguration.fromJson(configuration.toJson());
    expect([restored.trainingWorkspaceMode, restored.inferenceWorkspaceMode]).toEqual(['SEPARATE', 'SINGLE']);
  });

  test('an unknown mode is refused with the modes there are', () => {
    const builder = new NeuralNetConfiguration.Builder();
    const unknown = 'FAST' as WorkspaceMode;
    expect(() => network({ training: unknown })).toThrow(/"?FAST"?[\s\S]*SEPARATE/);
    expect(() => builder.inferenceWorkspaceMode(unknown).list().build()).toThrow(/"?FAST"?[\s\S]*SEPARATE/);
  });
});

describe('The difference between SEPARATE and SINGLE workspaces is a tradeoff', () => {
  test('SEPARATE uses less memory, SINGLE uses more memory', () => {
    const [single, separate] = [bytesAfterTraining('SINGLE'), bytesAfterTraining('SEPARATE')];
    expect(separate).toBeGreaterThan(0);
    expect(separate).toBeLessThan(single);
  });

  test('SINGLE keeps everything in one workspace, SEPARATE has some per layer', () => {
    using single = network({ training: 'SINGLE', inference: 'SINGLE' });
    single.fit(batch(1));
    single.output(batch(1).getFeatures());
    expect(Object.keys(workspaceSizes())).toEqual(['WS_ALL_LAYERS_ACT']);
    manager.destroyAllWorkspacesForCurrentThread();
    using separate = network({ training: 'SEPARATE', inference: 'SEPARATE' });
    separate.fit(batch(1));
    separate.output(batch(1).getFeatures());
    expect(Object.keys(workspaceSizes()).sort()).toEqual([
      'WS_ALL_LAYERS_ACT',
      'WS_LAYER_ACT_1',
      'WS_LAYER_ACT_2',
      'WS_LAYER_WORKING_MEM',
    ]);
  });

  test('NONE uses no workspace', () => {
    using net = network({ training: 'NONE', inference: 'NONE' });
    net.fit(batch(1));
    net.output(batch(1).getFeatures());
    expect(workspaceSizes()).toEqual({});
  });
});

describe("it's fine to use different modes for training & inference", () => {
  const pairs = MODES.flatMap((training) => MODES.map((inference) => [training, inference] as const));

  /** Parameters, scores and outputs of a training. */
  async function numbers(training: WorkspaceMode, inference: WorkspaceMode): Promise<number[][]> {
    using net = network({ training, inference });
    const scores: number[] = [];
    for (let step = 0; step < 4; step++) {
      net.fit(batch(step));
      scores.push(net.score());
    }
    await net.fit(iterator(3), 2);
    const data = batch(99);
    const activations = net.feedForward(data.getFeatures()).flatMap((each) => elements(each));
    return [
      scores,
      Array.from(net.params().toDoubleVector()),
      Array.from(net.getUpdater().getStateViewArray()?.toDoubleVector() ?? []),
      elements(net.output(data.getFeatures())),
      activations,
      [net.score(data), (await net.evaluate(iterator(3))).accuracy()],
    ];
  }

  test.each(pairs)('%s for training and %s for inference give equal numbers', async (training, inference) => {
    expect(await numbers(training, inference)).toEqual(await numbers('ENABLED', 'ENABLED'));
    expectNothingOpen();
  });

  test('users should use ENABLED instead: the modes can be changed later, and the next call obeys', () => {
    using net = network({ training: 'SINGLE', inference: 'SINGLE' });
    net.fit(batch(1));
    net.getLayerWiseConfigurations().setTrainingWorkspaceMode('ENABLED');
    net.fit(batch(2));
    expect(Object.keys(workspaceSizes())).toContain('WS_LAYER_WORKING_MEM');
    using other = network();
    other.fit(batch(1));
    other.fit(batch(2));
    expect(net.params().equals(other.params())).toBe(true);
  });
});

describe('With workspaces enabled, all memory used during training will be reusable and tracked', () => {
  test.each(MODES)('%s: after the first iterations the memory is constant', (training) => {
    using net = network({ training });
    const data = batch(7);
    for (let step = 0; step < 10; step++) net.fit(data);
    const before = [
      allocated(),
      detachedArrays(),
      workspaceSizes(),
      Nd4j.getMemoryManager().getMemoryUse().linearMemory,
    ];
    const seen = new Set<number>();
    for (let step = 0; step < 50; step++) {
      net.fit(data);
      seen.add(allocated());
    }
    expect([...seen]).toEqual([before[0]]);
    expect([
      allocated(),
      detachedArrays(),
      workspaceSizes(),
      Nd4j.getMemoryManager().getMemoryUse().linearMemory,
    ]).toEqual(before);
    for (const [id, [size, outside]] of Object.entries(workspaceSizes())) {
      expect([id, size > 0, outside]).toEqual([id, true, 0]);
    }
  });

  test.each(MODES)(
    '%s: training over an iterator keeps it constant too, with smaller minibatches in between',
    async (training) => {
      using net = network({ training });
      const [data, small] = [iterator(4), batch(5, 3)];
      await net.fit(data, 3);
      net.fit(small);
      await collected();
      const before = [allocated(), detachedArrays(), workspaceSizes()];
      await net.fit(data, 5);
      net.fit(small);
      await collected();
      expect([allocated(), detachedArrays(), workspaceSizes()]).toEqual(before);
    },
  );

  test('training allocates nothing outside of its workspaces', () => {
    using net = network();
    const data = batch(7);
    const during: number[] = [];
    class Watch extends BaseTrainingListener {
      override onBackwardPass(): void {
        during.push(detachedArrays());
      }
      override iterationDone(): void {
        during.push(detachedArrays());
      }
    }
    net.setListeners(new Watch());
    for (let step = 0; step < 20; step++) net.fit(data);
    expect(new Set(during).size).toBe(1);
  });
});

describe('The only exclusion is the output() method', () => {
  test.each(MODES)(
    '%s: it detaches the resulting INDArray from the workspaces, thus providing an independent INDArray',
    (inference) => {
      using net = network({ inference });
      const [first, second] = [batch(1).getFeatures(), batch(2).getFeatures()];
      const outputs: INDArray[] = [net.output(first)];
      const copy = outputs[0]?.dup();
      expectNothingOpen();
      outputs.push(net.output(second), net.output(second, true), ...net.feedForward(second));
      net.fit(batch(3));
      manager.destroyAllWorkspacesForCurrentThread();
      for (const output of outputs) expect(output.isAttached()).toBe(false);
      expect(outputs[0]?.equals(copy)).toBe(true);
      expect(outputs[0]?.equals(outputs[1])).toBe(false);
    },
  );

  test('that uses workspaces internally: closing each result keeps the memory constant', () => {
    using net = network();
    const features = batch(1).getFeatures();
    for (let step = 0; step < 5; step++) net.output(features).close();
    const before = [allocated(), workspaceSizes()];
    for (let step = 0; step < 50; step++) net.output(features).close();
    expect([allocated(), workspaceSizes()]).toEqual(before);
  });

  test('with an open workspace given, the result lives there until it closes', () => {
    using net = network();
    const workspace = manager.getAndActivateWorkspace({ initialSize: 1 << 16 }, 'MINE');
    const output = net.output(batch(1).getFeatures(), false, workspace);
    expect(output.data().getParentWorkspace()?.getId()).toBe('MINE');
    workspace.close();
    expect(() => output.sumNumber()).toThrow(/leaked workspace pointer from workspace \[MINE\]/);
  });

  test('no workspace is open after an output() that fails, and the next one works', () => {
    using net = network();
    const good = batch(1).getFeatures();
    const expected = net.output(good);
    expect(() => net.output(Nd4j.zeros(2, 5))).toThrow(/layer0.*index: 0/);
    expectNothingOpen();
    expect(net.output(good).equals(expected)).toBe(true);
    expect(new MultiLayerNetwork(net.getLayerWiseConfigurations()).isInitCalled()).toBe(false);
  });
});
