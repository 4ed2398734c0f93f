// A progress bar on the terminal, drawn by cli-progress.

import cliProgress from 'cli-progress';
import { now } from '../core/platform.ts';
import { BaseTrainingListener, type Model } from '../nn/network/trainingListener.ts';

/** What the bar is told in advance. */
export interface ProgressBarOptions {
  /** Iterations of the whole training: epochs × minibatches. */
  iterations: number;
  /** Where the bar is drawn; standard error by default, so that output can be piped. */
  stream?: NodeJS.WritableStream;
  /** Draws plain lines where the stream is no terminal. */
  noTTYOutput?: boolean;
}

/**
 * Draws a bar with epoch, score and examples per second while a network trains. Stops by itself after the last iteration;
 * `stop()` ends it earlier.
 */
export class ProgressBarListener extends BaseTrainingListener {
  readonly #bar: cliProgress.SingleBar;
  readonly #iterations: number;
  #examples = 0;
  #done = 0;
  #started: number | undefined;

  constructor(options: ProgressBarOptions) {
    super();
    this.#iterations = options.iterations;
    this.#bar = new cliProgress.SingleBar({
      format:
        'training |{bar}| {percentage}% | epoch {epoch} | score {score} | {speed} examples/s | {eta_formatted} left',
      hideCursor: true,
      noTTYOutput: options.noTTYOutput ?? true,
      notTTYSchedule: 1000,
      ...(options.stream === undefined ? {} : { stream: options.stream }),
    });
  }

  override iterationDone(model: Model, _iteration: number, epoch: number): void {
    if (this.#started === undefined) {
      this.#started = now();
      this.#bar.start(this.#iterations, 0, { epoch, score: '-', speed: '-' });
    }
    this.#done++;
    this.#examples += model.batchSize();
    const seconds = (now() - this.#started) / 1000;
    const speed = seconds > 0 ? Math.round(this.#examples / seconds).toLocaleString('en') : '-';
    this.#bar.update(this.#done, { epoch: epoch + 1, score: model.score().toFixed(4), speed });
    if (this.#done >= this.#iterations) this.stop();
  }

  /** Ends the bar and frees the terminal line. */
  stop(): void {
    this.#bar.stop();
  }
}
