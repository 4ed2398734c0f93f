// The network and the data that the tests of the workspaces guide share, made with the public API only.

import { expect } from 'vitest';
import {
  Adam,
  DataSet,
  DenseLayer,
  ListDataSetIterator,
  MultiLayerNetwork,
  NativeRandom,
  Nd4j,
  NeuralNetConfiguration,
  OutputLayer,
  type WorkspaceMode,
} from '../../src/index.ts';

export const INPUTS = 6;
export const CLASSES = 3;
const EXAMPLES = 20;

export interface Modes {
  readonly training?: WorkspaceMode;
  readonly inference?: WorkspaceMode;
}

/** Three hidden layers of different width and a softmax, with L2, initialized; the modes given, or the defaults. */
export function network({ training, inference }: Modes = {}): MultiLayerNetwork {
  const builder = new NeuralNetConfiguration.Builder().seed(12345).updater(new Adam(0.02)).l2(1e-4);
  if (training !== undefined) builder.trainingWorkspaceMode(training);
  if (inference !== undefined) builder.inferenceWorkspaceMode(inference);
  const made = new MultiLayerNetwork(
    builder
      .list()
      .layer(new DenseLayer({ nIn: INPUTS, nOut: 32, activation: 'TANH' }))
      .layer(new DenseLayer({ nIn: 32, nOut: 48, activation: 'RELU' }))
      .layer(new DenseLayer({ nIn: 48, nOut: 24, activation: 'SIGMOID' }))
      .layer(new OutputLayer({ nIn: 24, nOut: CLASSES, activation: 'SOFTMAX', lossFunction: 'MCXENT' }))
      .build(),
  );
  made.init();
  return made;
}

/** A detached minibatch: the class of an example is where the largest of its first features is. */
export function batch(seed: number, examples = EXAMPLES): DataSet {
  const random = new NativeRandom(seed + 1);
  const features = Array.from({ length: examples }, () => Array.from({ length: INPUTS }, () => random.nextDouble()));
  const labels = features.map((row) => {
    const head = row.slice(0, CLASSES);
    return head.map((value) => (value === Math.max(...head) ? 1 : 0));
  });
  return new DataSet(Nd4j.create(features), Nd4j.create(labels));
}

/** Minibatches over which to train or to evaluate. */
export function iterator(batches: number): ListDataSetIterator {
  return new ListDataSetIterator(
    Array.from({ length: batches }, (_, index) => batch(index + 1)),
    1,
  );
}

/** No scope is open in this thread, and no workspace is current. */
export function expectNothingOpen(): void {
  const manager = Nd4j.getWorkspaceManager();
  expect(Nd4j.getMemoryManager().getCurrentWorkspace()).toBeNull();
  expect(manager.anyWorkspaceActiveForCurrentThread()).toBe(false);
  for (const each of manager.getAllWorkspacesForCurrentThread()) {
    expect([each.getId(), each.isScopeActive()]).toEqual([each.getId(), false]);
  }
}

/** Bytes in live blocks of any kind. */
export const allocated = (): number => Nd4j.getMemoryManager().allocatedMemory();

/** Arrays outside workspaces that are not freed yet. */
export const detachedArrays = (): number => Nd4j.getMemoryManager().getMemoryUse().detachedBlocks;

/** Lets the host collect what earlier tests left behind, so that asynchronous code is not credited with it. */
export async function collected(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    Nd4j.getMemoryManager().invokeGc();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

/** Size of every workspace by id, and how many arrays did not fit. */
export function workspaceSizes(): Record<string, readonly [number, number]> {
  const all = Nd4j.getWorkspaceManager().getAllWorkspacesForCurrentThread();
  return Object.fromEntries(
    all.map((each) => [each.getId(), [each.getCurrentSize(), each.getNumberOfExternalAllocations()] as const]),
  );
}
