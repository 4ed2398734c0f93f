import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { PerformanceListener } from '../../src/listeners/performanceListener.ts';
import { ProgressBarListener } from '../../src/listeners/progressBarListener.ts';
import { CollectScoresIterationListener, ScoreIterationListener } from '../../src/listeners/scoreListeners.ts';
import type { Model } from '../../src/nn/network/trainingListener.ts';

/** A network whose score falls by one each iteration, with 32 examples a batch. */
class FallingScore {
  iteration = 0;
  score(): number {
    return 100 - this.iteration;
  }
  batchSize(): number {
    return 32;
  }
}

function train(iterations: number, each: (model: Model, iteration: number) => void): void {
  const model = new FallingScore();
  for (; model.iteration < iterations; model.iteration++) each(model as unknown as Model, model.iteration);
}

describe('ScoreIterationListener', () => {
  test('prints the score at iteration 0 and every n iterations', () => {
    const lines: string[] = [];
    const listener = new ScoreIterationListener(10, (line) => lines.push(line));
    train(25, (model, iteration) => listener.iterationDone(model, iteration));
    expect(lines).toEqual([
      'Score at iteration 0 is 100',
      'Score at iteration 10 is 90',
      'Score at iteration 20 is 80',
    ]);
  });

  test('takes a frequency below 1 as 1, as DL4J does', () => {
    const lines: string[] = [];
    const listener = new ScoreIterationListener(0, (line) => lines.push(line));
    train(3, (model, iteration) => listener.iterationDone(model, iteration));
    expect(lines).toHaveLength(3);
  });
});

describe('CollectScoresIterationListener', () => {
  test('keeps every n-th score and exports a table', () => {
    const listener = new CollectScoresIterationListener(2);
    train(5, (model, iteration) => listener.iterationDone(model, iteration));
    expect(listener.getScores()).toEqual([
      { iteration: 0, score: 100 },
      { iteration: 2, score: 98 },
      { iteration: 4, score: 96 },
    ]);
    expect(listener.exportScores(',')).toBe('Iteration,Score\n0,100\n2,98\n4,96');
  });

  test('refuses a frequency that is no whole number of at least 1', () => {
    expect(() => new CollectScoresIterationListener(0)).toThrow(
      'Invalid frequency 0: needed is a whole number of at least 1',
    );
  });
});

describe('PerformanceListener', () => {
  test('prints time and speed from the second iteration on, and the score if asked', () => {
    const lines: string[] = [];
    const listener = new PerformanceListener(1, true, (line) => lines.push(line));
    train(3, (model, iteration) => listener.iterationDone(model, iteration));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^iteration 1; iteration time: [\d.]+ ms; samples\/sec: [\d.]+|Infinity; batches\/sec: .*; score: 99;$/,
    );
  });
});

describe('ProgressBarListener', () => {
  test('draws epoch, score and speed on the stream and stops after the last iteration', () => {
    const stream = new PassThrough();
    const listener = new ProgressBarListener({ iterations: 4, stream });
    train(4, (model, iteration) => listener.iterationDone(model, iteration, 1));
    const drawn = String(stream.read());
    expect(drawn).toContain('100%');
    expect(drawn).toContain('epoch 2');
    expect(drawn).toContain('score 97.0000');
    expect(drawn).toMatch(/[\d,]+ examples\/s/);
  });
});
