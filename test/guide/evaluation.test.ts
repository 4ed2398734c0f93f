// The workspaces guide, sentence by sentence: evaluation.

import { afterEach, describe, expect, test } from 'vitest';
import { Evaluation, type IEvaluation, type INDArray, Nd4j, type WorkspaceMode } from '../../src/index.ts';
import {
  allocated,
  CLASSES,
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

/** Counts its calls and what memory looks like in each. */
class Watch implements IEvaluation {
  readonly batches: INDArray[] = [];
  readonly memory: number[][] = [];
  readonly owners: (string | null)[] = [];
  readonly current: unknown[] = [];

  eval(labels: INDArray, predictions: INDArray): void {
    this.batches.push(labels);
    this.memory.push([allocated(), detachedArrays(), predictions.data().address]);
    this.owners.push(predictions.data().getParentWorkspace()?.getId() ?? null);
    this.current.push(Nd4j.getMemoryManager().getCurrentWorkspace());
  }
}

describe('Evaluation assumes use of the model.output() method, or better the built-in methods', () => {
  test.each(MODES)(
    '%s: doEvaluation with two evaluations gives what output() and eval() by hand give',
    async (inference) => {
      using net = network({ inference });
      const data = iterator(5);
      await net.fit(data, 2);
      const byHand = new Evaluation(CLASSES);
      for (const each of data) {
        const output = net.output(each.getFeatures());
        byHand.eval(each.getLabels(), output);
        output.close();
      }
      const [first, second] = [new Evaluation(CLASSES), new Evaluation({ numClasses: CLASSES, topN: 2 })];
      const returned = await net.doEvaluation(data, first, second);
      expect(returned[0]).toBe(first);
      expect(returned[1]).toBe(second);
      expect(first.stats()).toBe(byHand.stats());
      expect(second.accuracy()).toBe(byHand.accuracy());
      expect(second.topNAccuracy()).toBeGreaterThanOrEqual(second.accuracy());
      expect(first.getNumRowCounter()).toBe(100);
      expect((await net.evaluate(data)).stats()).toBe(byHand.stats());
    },
  );
});

describe('This piece of code will run a single cycle over iteratorTest', () => {
  test('and it will update both (or less/more if required by your needs) IEvaluation implementations', async () => {
    using net = network();
    const data = iterator(6);
    const watches = [new Watch(), new Watch(), new Watch()];
    await net.doEvaluation(data, ...watches);
    const labels = Array.from(data, (each) => each.getLabels());
    for (const { batches } of watches) {
      expect(batches.length).toBe(labels.length);
      expect(batches.map((each, index) => each.equals(labels[index]))).toEqual(labels.map(() => true));
    }
    const alone = new Watch();
    await net.doEvaluation(data, alone);
    expect(alone.batches.length).toBe(6);
    await net.doEvaluation(data);
  });

  test.each(MODES)(
    '%s: without any additional INDArray allocation, whatever the number of batches',
    async (inference) => {
      using net = network({ inference });
      const data = iterator(12);
      const [watch, evaluation] = [new Watch(), new Evaluation(CLASSES)];
      await net.doEvaluation(data, evaluation, watch);
      await collected();
      const before = [allocated(), detachedArrays(), workspaceSizes()];
      const again = new Watch();
      await net.doEvaluation(data, evaluation, again);
      expect([allocated(), detachedArrays(), workspaceSizes()]).toEqual(before);
      expect(new Set(again.memory.map(String)).size).toBe(1);
      expect(new Set(again.owners)).toEqual(new Set([inference === 'ENABLED' ? 'WS_OUTPUT_MEM' : null]));
    },
  );

  test('evaluations run outside of all workspaces, so that what they keep is detached', async () => {
    using net = network();
    const kept: INDArray[] = [];
    const keeper: IEvaluation = { eval: (_labels, predictions) => void kept.push(predictions.mul(1)) };
    const watch = new Watch();
    await net.doEvaluation(iterator(3), keeper, watch);
    expect(watch.current).toEqual([null, null, null]);
    expect(kept.map((each) => each.isAttached())).toEqual([false, false, false]);
    for (const each of kept) expect(each.sumNumber()).toBeCloseTo(20, 4);
  });

  test('predictions that are kept beyond their batch are found', async () => {
    using net = network();
    const kept: INDArray[] = [];
    await net.doEvaluation(iterator(2), { eval: (_labels, predictions) => void kept.push(predictions) });
    expect(() => kept[0]?.sumNumber()).toThrow(/leaked workspace pointer from workspace \[WS_OUTPUT_MEM\]/);
  });

  test('an evaluation that throws ends it with that very error, and nothing is left open', async () => {
    using net = network();
    const failing: IEvaluation = {
      eval: () => {
        throw new Error('mine');
      },
    };
    await expect(net.doEvaluation(iterator(3), failing)).rejects.toThrow(/^mine$/);
    expectNothingOpen();
    expect((await net.evaluate(iterator(3))).getNumRowCounter()).toBe(60);
  });
});
