// Speed of training: time per iteration, examples and batches per second.

import { now, print } from '../core/platform.ts';
import { BaseTrainingListener, type Model } from '../nn/network/trainingListener.ts';
import type { Print } from './scoreListeners.ts';

/**
 * Prints the speed every n iterations, and the score if asked.
 * @see org.deeplearning4j.optimize.listeners.PerformanceListener
 */
export class PerformanceListener extends BaseTrainingListener {
  readonly #every: number;
  readonly #reportScore: boolean;
  readonly #print: Print;
  #last: number | undefined;

  constructor(every = 1, reportScore = false, out: Print = print) {
    super();
    this.#every = Math.max(1, Math.floor(every));
    this.#reportScore = reportScore;
    this.#print = out;
  }

  override iterationDone(model: Model, iteration: number): void {
    const time = now();
    const milliseconds = this.#last === undefined ? undefined : time - this.#last;
    this.#last = time;
    if (milliseconds === undefined || iteration % this.#every !== 0) return;
    const seconds = milliseconds / 1000;
    const score = this.#reportScore ? ` score: ${model.score()};` : '';
    this.#print(
      `iteration ${iteration}; iteration time: ${milliseconds.toFixed(1)} ms; samples/sec: ${(model.batchSize() / seconds).toFixed(3)}; batches/sec: ${(1 / seconds).toFixed(3)};${score}`,
    );
  }
}
