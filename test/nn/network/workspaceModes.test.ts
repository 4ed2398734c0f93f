// Workspace modes: equal numbers, where things live, what is allocated.

import { beforeEach, describe, expect, test } from 'vitest';
import { DataSet } from '../../../src/data/dataSet.ts';
import { ListDataSetIterator } from '../../../src/data/iterator.ts';
import { Evaluation } from '../../../src/evaluation/evaluation.ts';
import { WorkspaceConfiguration } from '../../../src/memory/configuration.ts';
import { scope, workspaces } from '../../../src/memory/currentWorkspace.ts';
import { heapUse } from '../../../src/memory/heap.ts';
import { workspaceManager } from '../../../src/memory/workspaceManager.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import type { WorkspaceMode } from '../../../src/nn/conf/enums.ts';
import { ActivationLayer, DenseLayer, DropoutLayer, OutputLayer } from '../../../src/nn/conf/feedForwardConf.ts';
import { realmRandom } from '../../../src/ops/random.ts';
import { runtime } from '../../../src/wasm/runtime.ts';
import { numbers } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, features, MODES, networkOf, threeLayers } from '../../support/networks.ts';

beforeEach(() => resetMemory());

const bytesOf = (): number => [...workspaces.values()].reduce((sum, each) => sum + each.getCurrentSize(), 0);
const openIds = (): string[] =>
  [...workspaces.values()].filter((each) => each.isScopeActive()).map((each) => String(each.getId()));

const everyLayer = () => [
  new DenseLayer({ nIn: 4, nOut: 8, activation: 'MISH', hasLayerNorm: true, dropOut: 0.8 }),
  new ActivationLayer({ activation: 'TANH' }),
  new DropoutLayer(0.7),
  new DenseLayer({ nIn: 8, nOut: 6, activation: 'RELU' }),
  new OutputLayer({ nIn: 6, nOut: 3 }),
];

describe('all workspace modes', () => {
  test('give the same parameters, outputs and scores, bit for bit', () => {
    const results = MODES.map((mode) => {
      const network = networkOf(mode, everyLayer(), { l2: 0.01 });
      realmRandom().setSeed(5);
      for (let i = 0; i < 6; i++) network.fit(features(6, 4, i), classes());
      const output = network.output(features(9, 4, 50));
      const activations = network.feedForward(features(3, 4, 51)).map(numbers);
      return [
        numbers(network.params()),
        numbers(output),
        activations,
        network.score(),
        network.score(new DataSet(features(), classes())),
      ];
    });
    for (const result of results) expect(result).toEqual(results[0]);
  });

  for (const mode of MODES) {
    test(`allocate nothing once they have learned (${mode})`, () => {
      const network = networkOf(mode, everyLayer());
      const [x, y] = [features(), classes()];
      for (let i = 0; i < 12; i++) network.fit(x, y);
      const before = [heapUse.blocks, heapUse.bytes, runtime().memory.byteLength];
      for (let i = 0; i < 50; i++) network.fit(x, y);
      expect([heapUse.blocks, heapUse.bytes, runtime().memory.byteLength]).toEqual(before);
    });

    test(`spill nothing once they have learned, also after many outputs first (${mode})`, () => {
      const network = networkOf(mode);
      const [x, y] = [features(), classes()];
      for (let i = 0; i < 20; i++) network.output(x).close();
      for (let i = 0; i < 12; i++) network.fit(x, y);
      network.fit(x, y);
      for (const each of workspaces.values()) {
        expect([each.getId(), each.getMaxCycleAllocations() <= each.getCurrentSize()]).toEqual([each.getId(), true]);
      }
    });

    test(`leave nothing open and make detached outputs (${mode})`, () => {
      const network = networkOf(mode);
      network.fit(features(), classes());
      const output = network.output(features());
      expect(output.isAttached()).toBe(false);
      const kept = numbers(output);
      network.output(features(6, 4, 9));
      expect(numbers(output)).toEqual(kept);
      expect(network.feedForward(features()).map((each) => each.isAttached())).toEqual([false, false, false, false]);
      expect(network.scoreExamples(new DataSet(features(), classes())).isAttached()).toBe(false);
      expect(openIds()).toEqual([]);
      expect(scope.current).toBeNull();
    });

    test(`forget the inputs of all layers (${mode})`, () => {
      const network = networkOf(mode);
      network.output(features());
      network.feedForward(features());
      network.fit(features(), classes());
      expect(network.getLayers().map((layer) => layer.input())).toEqual([null, null, null]);
    });

    test(`are read back from the configuration (${mode})`, () => {
      const configuration = networkOf(mode).getLayerWiseConfigurations();
      expect([configuration.trainingWorkspaceMode, configuration.inferenceWorkspaceMode]).toEqual([mode, mode]);
    });
  }

  test('learn no size while everything is to spill, and give the same numbers', () => {
    const train = () => {
      const network = networkOf('ENABLED');
      for (let i = 0; i < 12; i++) network.fit(features(), classes());
      return numbers(network.params());
    };
    const expected = train();
    resetMemory();
    workspaceManager.setDebugMode('SPILL_EVERYTHING');
    try {
      expect(train()).toEqual(expected);
      expect(bytesOf()).toBe(0);
    } finally {
      workspaceManager.setDebugMode('DISABLED');
    }
  });

  test('can be changed between two calls', () => {
    const network = networkOf('ENABLED');
    const before = numbers(network.output(features()));
    network.getLayerWiseConfigurations().setInferenceWorkspaceMode('NONE');
    expect(numbers(network.output(features()))).toEqual(before);
  });

  test('SINGLE keeps one workspace, SEPARATE the smallest ones, ENABLED no more than SINGLE', () => {
    const sizes = Object.fromEntries(
      (['SINGLE', 'ENABLED', 'SEPARATE'] as const).map((mode) => {
        resetMemory();
        const layers = threeLayers();
        const network = networkOf(mode, layers);
        for (let i = 0; i < 12; i++) network.fit(features(64), classes(64));
        const found = [[...workspaces.keys()], bytesOf()] as const;
        return [mode, found];
      }),
    ) as Record<WorkspaceMode, readonly [string[], number]>;
    expect(sizes.SINGLE[0]).toEqual(['WS_ALL_LAYERS_ACT']);
    expect([...sizes.ENABLED[0]].sort()).toEqual([
      'WS_ALL_LAYERS_ACT',
      'WS_LAYER_ACT_1',
      'WS_LAYER_ACT_2',
      'WS_LAYER_WORKING_MEM',
    ]);
    expect([...sizes.SEPARATE[0]].sort()).toEqual([...sizes.ENABLED[0]].sort());
    expect(sizes.SEPARATE[1]).toBeLessThan(sizes.ENABLED[1]);
    expect(sizes.ENABLED[1]).toBeLessThan(sizes.SINGLE[1]);
  });

  test('NONE makes no workspace', () => {
    const network = networkOf('NONE');
    network.fit(features(), classes());
    network.output(features());
    expect([...workspaces.keys()]).toEqual([]);
  });

  test('workspaces have DL4J’s configurations', () => {
    const network = networkOf('ENABLED');
    network.fit(features(), classes());
    const learned = {
      initialSize: 0,
      policyReset: 'BLOCK_LEFT',
      policySpill: 'REALLOCATE',
      policyAllocation: 'OVERALLOCATE',
    };
    const slot = { ...learned, overallocationLimit: 0.02, policyLearning: 'OVER_TIME', cyclesBeforeInitialization: 3 };
    const expected = {
      WS_ALL_LAYERS_ACT: { ...learned, overallocationLimit: 0.05, policyLearning: 'FIRST_LOOP' },
      WS_LAYER_WORKING_MEM: { ...slot, cyclesBeforeInitialization: 6 },
      WS_LAYER_ACT_1: slot,
      WS_LAYER_ACT_2: slot,
    };
    for (const [id, fields] of Object.entries(expected)) {
      expect(workspaces.get(id)?.getWorkspaceConfiguration()).toMatchObject(fields);
    }
  });

  test('two networks with different modes do not disturb each other', () => {
    const [enabled, none] = [networkOf('ENABLED'), networkOf('NONE')];
    for (let i = 0; i < 4; i++) {
      expect(numbers(enabled.output(features(5, 4, i)))).toEqual(numbers(none.output(features(5, 4, i))));
      enabled.fit(features(), classes());
      none.fit(features(), classes());
    }
  });
});

describe('output into a workspace', () => {
  const configuration = new WorkspaceConfiguration({
    overallocationLimit: 0.02,
    policyLearning: 'OVER_TIME',
    cyclesBeforeInitialization: 1,
    policySpill: 'REALLOCATE',
  });

  test('is attached there and equal to the detached one', () => {
    const network = networkOf();
    const expected = numbers(network.output(features()));
    const x = features();
    for (let i = 0; i < 3; i++) {
      let output: INDArray;
      {
        using workspace = workspaceManager.getAndActivateWorkspace(configuration, 'ExternalTestWorkspace');
        output = i === 0 ? network.output(x, workspace) : network.output(x, false, workspace);
        expect(output.isAttached()).toBe(true);
        expect(output.buffer.workspace?.getId()).toBe('ExternalTestWorkspace');
        expect(numbers(output)).toEqual(expected);
        expect(scope.current).toBe(workspace);
      }
      expect(output.buffer.isUsable).toBe(false);
      expect(openIds()).toEqual([]);
    }
  });

  test('of one output per example works twice', () => {
    const network = networkOf('ENABLED', [
      new DenseLayer({ nIn: 4, nOut: 3 }),
      new OutputLayer({ nIn: 3, nOut: 1, activation: 'SIGMOID', lossFunction: 'XENT' }),
    ]);
    const [first, second] = [network.output(features(1)), network.output(features(1))];
    expect(numbers(first)).toEqual(numbers(second));
    expect([first.isAttached(), second.isAttached()]).toEqual([false, false]);
  });

  test('features may live in a workspace of the caller', () => {
    const network = networkOf();
    const expected = numbers(network.output(features()));
    using workspace = workspaceManager.getAndActivateWorkspace(configuration, 'Mine');
    const x = features().migrate();
    expect(x.buffer.workspace).toBe(workspace);
    network.fit(x, classes().migrate());
    network.setParams(networkOf().params());
    expect(numbers(network.output(x, workspace))).toEqual(expected);
  });
});

describe('scores and outputs inside of scopes of the caller', () => {
  for (const mode of ['NONE', 'ENABLED'] as const) {
    test(`score() and scoreExamples() work scoped out of an open workspace (${mode})`, () => {
      const network = networkOf(mode);
      const data = new DataSet(features(), classes());
      for (let i = 0; i < 10; i++) {
        using _open = workspaceManager.getAndActivateWorkspace(new WorkspaceConfiguration(), 'External');
        using _out = workspaceManager.scopeOutOfWorkspaces();
        expect(Number.isFinite(network.score(data))).toBe(true);
        expect(network.scoreExamples(data, true).isAttached()).toBe(false);
      }
    });
  }

  test('layers of an inference alternate between two workspaces', () => {
    const seen: string[][] = [];
    const network = networkOf();
    for (const layer of network.getLayers()) {
      const activate = layer.activate.bind(layer);
      layer.activate = (input, training, manager) => {
        seen.push([...openIds().filter((id) => id.startsWith('WS_LAYER_ACT')), `current ${scope.current?.getId()}`]);
        return activate(input, training, manager);
      };
    }
    network.output(features());
    expect(seen).toEqual([
      ['WS_LAYER_ACT_1', 'current WS_LAYER_ACT_1'],
      ['WS_LAYER_ACT_1', 'WS_LAYER_ACT_2', 'current WS_LAYER_ACT_2'],
      ['WS_LAYER_ACT_1', 'WS_LAYER_ACT_2', 'current WS_LAYER_ACT_1'],
    ]);
  });
});

describe('doEvaluation()', () => {
  for (const mode of MODES) {
    test(`counts what outputs one by one count, and allocates nothing per batch (${mode})`, async () => {
      const network = networkOf(mode);
      const batches = Array.from({ length: 8 }, (_, i) => new DataSet(features(6, 4, i), classes()));
      const [first, second, manual] = [new Evaluation(3), new Evaluation(3), new Evaluation(3)];
      for (const batch of batches) manual.eval(batch.getLabels(), network.output(batch.getFeatures()));
      const returned = await network.doEvaluation(new ListDataSetIterator(batches, 1), first, second);
      expect(returned).toEqual([first, second]);
      expect([first.stats(), second.stats()]).toEqual([manual.stats(), manual.stats()]);
      const blocks = heapUse.blocks;
      await network.doEvaluation(new ListDataSetIterator([...batches, ...batches], 1), new Evaluation(3));
      expect(heapUse.blocks).toBeLessThanOrEqual(blocks);
      expect(openIds()).toEqual([]);
    });
  }
});
