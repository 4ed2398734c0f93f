// Listeners that report or collect the score of training.

import { describeValue } from '../core/errors.ts';
import { print } from '../core/platform.ts';
import { BaseTrainingListener, type Model } from '../nn/network/trainingListener.ts';

/** Where a listener writes its lines. */
export type Print = (line: string) => void;

function positive(value: number, what: string): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`Invalid ${what} ${describeValue(value)}: needed is a whole number of at least 1`);
}

/**
 * Prints the score every n iterations: `Score at iteration 10 is 0.5`.
 * @see org.deeplearning4j.optimize.listeners.ScoreIterationListener
 */
export class ScoreIterationListener extends BaseTrainingListener {
  readonly #every: number;
  readonly #print: Print;

  /** @param every iterations between two lines; values below 1 mean 1 (as in DL4J) @param out where lines go, by default the console */
  constructor(every = 10, out: Print = print) {
    super();
    this.#every = Math.max(1, Math.floor(every));
    this.#print = out;
  }

  override iterationDone(model: Model, iteration: number): void {
    if (iteration % this.#every === 0) this.#print(`Score at iteration ${iteration} is ${model.score()}`);
  }
}

/**
 * Collects iteration and score of every n-th call.
 * @see org.deeplearning4j.optimize.listeners.CollectScoresIterationListener
 */
export class CollectScoresIterationListener extends BaseTrainingListener {
  readonly #every: number;
  readonly #scores: { iteration: number; score: number }[] = [];
  #calls = 0;

  constructor(every = 1) {
    super();
    this.#every = positive(every, 'frequency');
  }

  override iterationDone(model: Model, iteration: number): void {
    if (this.#calls++ % this.#every === 0) this.#scores.push({ iteration, score: model.score() });
  }

  /** What was collected, in order. */
  getScores(): readonly { readonly iteration: number; readonly score: number }[] {
    return this.#scores;
  }

  /** A table with a header line, as DL4J exports it. */
  exportScores(delimiter = '\t'): string {
    const rows = this.#scores.map(({ iteration, score }) => `${iteration}${delimiter}${score}`);
    return [`Iteration${delimiter}Score`, ...rows].join('\n');
  }
}
