// What small networks of DL4J do with workspaces, done again: where results live, which workspaces exist and how often they were
// entered, what listeners see, what foreign scopes meet. Sizes are information only: scratch is ours.

import { describe, expect, test } from 'vitest';
import { DataSet } from '../../src/data/dataSet.ts';
import { ListDataSetIterator } from '../../src/data/iterator.ts';
import { Evaluation } from '../../src/evaluation/evaluation.ts';
import { Adam } from '../../src/learning/updaters.ts';
import { WorkspaceConfiguration, type WorkspaceConfigurationOptions } from '../../src/memory/configuration.ts';
import { scope, workspaces } from '../../src/memory/currentWorkspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import type { WorkspaceMode } from '../../src/nn/conf/enums.ts';
import { DenseLayer, OutputLayer } from '../../src/nn/conf/feedForwardConf.ts';
import { MultiLayerConfiguration } from '../../src/nn/conf/multiLayerConfiguration.ts';
import { MultiLayerNetwork } from '../../src/nn/network/multiLayerNetwork.ts';
import { BaseTrainingListener, type Model } from '../../src/nn/network/trainingListener.ts';
import { goldenFiles } from '../support/golden.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { differenceOf } from './differences.ts';

interface Step {
  readonly step: string;
  readonly result?: unknown;
  readonly throws?: { readonly message: string };
  readonly current: string | null;
  readonly workspaces: Readonly<Record<string, { generation: number; cycles: number; open: boolean }>>;
}
interface Recording {
  readonly kind: string;
  readonly network: string;
  readonly mode: WorkspaceMode;
  readonly configurations: Readonly<Record<string, WorkspaceConfigurationOptions>>;
  readonly listenerCallsInFirstFit: readonly unknown[];
  readonly steps: readonly Step[];
}

const networks: Readonly<Record<string, (mode: WorkspaceMode) => MultiLayerNetwork>> = {
  dense3: (mode) =>
    new MultiLayerNetwork(
      new MultiLayerConfiguration({
        seed: 1,
        updater: new Adam(0.01),
        activation: 'TANH',
        trainingWorkspaceMode: mode,
        inferenceWorkspaceMode: mode,
        layers: [
          new DenseLayer({ nIn: 4, nOut: 8 }),
          new DenseLayer({ nIn: 8, nOut: 8 }),
          new OutputLayer({ nIn: 8, nOut: 3 }),
        ],
      }),
    ),
};

const x = (examples: number): INDArray =>
  Nd4j.linspace(-1, 1, examples * 4)
    .castTo('FLOAT')
    .reshape(examples, 4);
function y(examples: number): INDArray {
  return Nd4j.create(Array.from({ length: examples }, (_, i) => [0, 1, 2].map((c) => Number(i % 3 === c))));
}

function placeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(placeOf);
  if (typeof value !== 'object' || value === null) return value;
  if ('buffer' in value) {
    const array = value as INDArray;
    return {
      attached: array.isAttached(),
      owner: array.buffer.workspace?.getId() ?? null,
      shape: array.shape(),
      ordering: array.ordering(),
    };
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, placeOf(each)]));
}

const openIds = (): string[] =>
  [...workspaces.values()].filter((each) => each.isScopeActive()).map((each) => String(each.getId()));

class Recorder extends BaseTrainingListener {
  readonly calls: unknown[] = [];
  #note(call: string, arrays?: unknown): void {
    const open = openIds();
    this.calls.push({
      call,
      current: scope.current?.getId() ?? null,
      open,
      ...(arrays === undefined ? {} : { arrays: placeOf(arrays) }),
    });
  }
  override onForwardPass(_model: Model, activations: readonly INDArray[]): void {
    this.#note('onForwardPass', activations);
  }
  override onBackwardPass(): void {
    this.#note('onBackwardPass');
  }
  override onGradientCalculation(model: Model): void {
    this.#note('onGradientCalculation', { gradient: (model as MultiLayerNetwork).getFlattenedGradients() });
  }
  override iterationDone(): void {
    this.#note('iterationDone');
  }
}

type Act = (network: MultiLayerNetwork, configuration: (id: string) => WorkspaceConfiguration) => unknown;

function inForeign<T>(configuration: (id: string) => WorkspaceConfiguration, body: () => T): T {
  const foreign = workspaceManager.getAndActivateWorkspace(configuration('Foreign'), 'Foreign');
  try {
    return body();
  } finally {
    foreign.close();
  }
}

function scopedOut<T>(body: () => T): T {
  const outside = workspaceManager.scopeOutOfWorkspaces();
  try {
    return body();
  } finally {
    outside.close();
  }
}

/** How each step is done. Steps that are counted (`fit 10`) follow those before them. */
const acts: Readonly<Record<string, Act>> = {
  init: (network) => network.init(),
  'fit 10': (network) => {
    for (let i = 0; i < 7; i++) network.fit(x(6), y(6));
  },
  'output 10': (network) => {
    for (let i = 0; i < 7; i++) network.output(x(6));
    return network.output(x(6));
  },
  'output of a smaller batch': (network) => network.output(x(4)),
  'output of a larger batch': (network) => network.output(x(12)),
  'fit of a larger batch': (network) => network.fit(x(12), y(12)),
  'feedForward(false)': (network) => network.feedForward(x(6), false),
  'feedForward(true)': (network) => network.feedForward(x(6), true),
  score: (network) => void network.score(new DataSet(x(6), y(6))),
  scoreExamples: (network) => network.scoreExamples(new DataSet(x(6), y(6)), false),
  computeGradientAndScore: (network) => {
    network.setInput(x(6));
    network.setLabels(y(6));
    network.computeGradientAndScore();
  },
  evaluate: (network) =>
    network
      .doEvaluation(new ListDataSetIterator([new DataSet(x(18), y(18))], 1), new Evaluation(3))
      .then(() => undefined),
  'output into an own workspace': (network, configuration) => {
    const own = workspaceManager.getAndActivateWorkspace(
      configuration('ExternalTestWorkspace'),
      'ExternalTestWorkspace',
    );
    try {
      return placeOf(
        network.output(
          scopedOut(() => x(6)),
          false,
          own,
        ),
      );
    } finally {
      own.close();
    }
  },
  'output into a closed workspace': (network, configuration) =>
    network.output(
      x(6),
      false,
      workspaceManager.getWorkspaceForCurrentThread(configuration('ExternalTestWorkspace'), 'ExternalTestWorkspace'),
    ),
  'output with a foreign workspace open': (network, configuration) => {
    const features = x(6);
    return inForeign(configuration, () => network.output(features));
  },
  'output with a foreign workspace open but scoped out': (network, configuration) => {
    const features = x(6);
    return inForeign(configuration, () => scopedOut(() => network.output(features)));
  },
  'feedForward with a foreign workspace open': (network, configuration) => {
    const features = x(6);
    return inForeign(configuration, () => network.feedForward(features));
  },
  'fit with a foreign workspace open': (network, configuration) => {
    const [features, labels] = [x(6), y(6)];
    inForeign(configuration, () => network.fit(features, labels));
    return 'ok';
  },
  'features living in a workspace': (network, configuration) =>
    inForeign(configuration, () => {
      const features = x(6);
      return scopedOut(() => network.output(features));
    }),
  'params, updater state': (network) => ({
    params: network.params(),
    updaterState: network.getUpdater().getStateViewArray(),
  }),
  destroyAllWorkspacesForCurrentThread: () => {
    workspaceManager.destroyAllWorkspacesForCurrentThread();
    return workspaceManager.getAllWorkspacesIdsForCurrentThread();
  },
};
const actOf = (step: string): Act =>
  acts[step] ?? (step.startsWith('fit') ? (network) => network.fit(x(6), y(6)) : (network) => network.output(x(6)));

interface Done {
  readonly step: string;
  readonly outcome: { result?: unknown; throws?: string };
  readonly current: string | null;
  readonly workspaces: unknown;
}

async function replay({
  network: kind,
  mode,
  configurations,
  steps,
}: Recording): Promise<{ done: Done[]; calls: unknown[] }> {
  resetMemory();
  const network = networks[kind]?.(mode) as MultiLayerNetwork;
  const configuration = (id: string): WorkspaceConfiguration => new WorkspaceConfiguration(configurations[id]);
  const recorder = new Recorder();
  const done: Done[] = [];
  for (const { step } of steps) {
    const outcome: Done['outcome'] = {};
    try {
      if (step === 'fit 1') network.setListeners(recorder);
      const result = actOf(step)(network, configuration);
      const settled = result instanceof Promise ? await result : result;
      if (settled !== undefined) outcome.result = placeOf(settled);
    } catch (error) {
      outcome.throws = (error as Error).message.split('\n')[0] as string;
    }
    network.setListeners();
    const state = [...workspaces].map(([id, each]) => [
      id,
      { generation: each.getGenerationId(), cycles: each.getCyclesCount(), open: each.isScopeActive() },
    ]);
    done.push({ step, outcome, current: scope.current?.getId() ?? null, workspaces: Object.fromEntries(state) });
  }
  network.close();
  return { done, calls: recorder.calls };
}

const files = goldenFiles('memory').map((file) => [file.name, file.read() as Recording] as const);
const recordings = files.filter(([, { kind }]) => kind === 'network-workspaces');

describe.runIf(recordings.length > 0)('networks use workspaces as DL4J does', () => {
  for (const [name, recording] of recordings) {
    if (!(recording.network in networks)) {
      test.skip(`${name}: ${recording.network} is not built yet`, () => undefined);
      continue;
    }
    const compare = (aspect: string, check: (replayed: { done: Done[]; calls: unknown[] }) => void): void => {
      const difference = differenceOf('memory', `${name}/${aspect}`);
      const run = async (): Promise<void> => check(await replay(recording));
      if (difference === undefined) test(`${name}: ${aspect}`, run);
      else test(`${name}: ${aspect} differ: ${difference}`, () => expect(run()).rejects.toThrow());
    };
    compare('results, messages and listeners', ({ done, calls }) => {
      const expected = recording.steps.map(({ step, result, throws, current }) => {
        const outcome = throws ? { throws: throws.message } : result === undefined ? {} : { result };
        return { step, outcome, current };
      });
      expect(done.map(({ step, outcome, current }) => ({ step, outcome, current }))).toEqual(expected);
      expect(calls).toEqual(recording.listenerCallsInFirstFit);
    });
    compare('ids and cycles of workspaces', ({ done }) => {
      const expected = recording.steps.map(({ step, workspaces: state }) => {
        const kept = Object.entries(state).map(([id, { generation, cycles, open }]) => [
          id,
          { generation, cycles, open },
        ]);
        return { step, workspaces: Object.fromEntries(kept) };
      });
      expect(done.map(({ step, workspaces: state }) => ({ step, workspaces: state }))).toEqual(expected);
    });
  }
});
