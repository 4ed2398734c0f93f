// Line searches: the score falls, nothing leaks, a failure leaves the parameters as they were.

import { beforeEach, describe, expect, test } from 'vitest';
import { Sgd } from '../../../src/learning/updaters.ts';
import { heapUse } from '../../../src/memory/heap.ts';
import type { OptimizationAlgorithm } from '../../../src/nn/conf/enums.ts';
import { BaseTrainingListener } from '../../../src/nn/network/trainingListener.ts';
import { numbers } from '../../support/arrays.ts';
import { resetMemory } from '../../support/memoryReset.ts';
import { classes, features, networkOf, threeLayers } from '../../support/networks.ts';

beforeEach(() => resetMemory());

for (const optimizationAlgo of ['LINE_GRADIENT_DESCENT', 'CONJUGATE_GRADIENT', 'LBFGS'] as OptimizationAlgorithm[]) {
  describe(optimizationAlgo, () => {
    const options = { optimizationAlgo, updater: new Sgd(1), dataType: 'DOUBLE' } as const;
    const [x, y] = [features(6, 4, 1, 'DOUBLE'), classes(6, 3, 'DOUBLE')];

    test('never raises the score, and counts one iteration a call', () => {
      const network = networkOf('ENABLED', threeLayers(), options);
      network.fit(x, y);
      const scores = [network.score()];
      for (let i = 0; i < 15; i++) {
        network.fit(x, y);
        scores.push(network.score());
      }
      for (let i = 1; i < scores.length; i++) expect(scores[i]).toBeLessThanOrEqual(scores[i - 1] as number);
      expect(scores.at(-1)).toBeLessThan(0.98 * (scores[0] as number));
      expect(network.getIterationCount()).toBe(16);
    });

    test('raises the score when minimize is false', () => {
      const network = networkOf('ENABLED', threeLayers(), { ...options, minimize: false });
      network.fit(x, y);
      const first = network.score();
      for (let i = 0; i < 4; i++) network.fit(x, y);
      expect(network.score()).toBeGreaterThan(first);
    });

    test('allocates nothing after its memory is full, and frees everything in close()', () => {
      const blocks = heapUse.blocks;
      const network = networkOf('ENABLED', threeLayers(), options);
      for (let i = 0; i < 12; i++) network.fit(x, y);
      const used = heapUse.blocks;
      for (let i = 0; i < 10; i++) network.fit(x, y);
      expect(heapUse.blocks).toBe(used);
      network.close();
      expect(heapUse.blocks).toBe(blocks);
    });

    test('restores the parameters when a listener throws in the middle', () => {
      const network = networkOf('ENABLED', threeLayers(), options);
      let calls = 0;
      class Thrower extends BaseTrainingListener {
        override onForwardPass(): void {
          if (++calls === 3) throw new Error('stop');
        }
      }
      network.setListeners(new Thrower());
      const before = numbers(network.params());
      expect(() => network.fit(x, y)).toThrow('stop');
      expect(numbers(network.params())).toEqual(before);
      expect(network.getIterationCount()).toBe(0);
    });
  });
}
