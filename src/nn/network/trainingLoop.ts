// Loops over iterators. They are asynchronous: between two minibatches the host gets a turn whenever 12 milliseconds have passed,
// and no workspace is open then.

import { describeValue, ND4JIllegalStateException } from '../../core/errors.ts';
import { now, yieldToHost } from '../../core/platform.ts';
import type { DataSet } from '../../data/dataSet.ts';
import type { DataSetIterator } from '../../data/iterator.ts';
import { WorkspaceUtils } from '../../memory/workspaceUtils.ts';

/** Time after which the host gets a turn: shorter than a frame, longer than most iterations. */
const STRETCH_MILLISECONDS = 12;

/** When it is time to give the host a turn. */
export class HostTurns {
  #since = now();

  get isDue(): boolean {
    return now() - this.#since >= STRETCH_MILLISECONDS;
  }

  async give(): Promise<void> {
    await yieldToHost();
    this.#since = now();
  }
}

/** Refuses to begin an asynchronous loop inside of an open workspace. @throws {ND4JWorkspaceException} naming those that are open */
export function assertNoScopes(what: string): void {
  WorkspaceUtils.assertNoWorkspacesOpen(
    `Cannot ${what} an iterator: it gives the host turns in between, and no workspace may be open then`,
  );
}

/** Tells an iterator from arrays and everything else. */
export function isIterator(value: unknown): value is DataSetIterator {
  return typeof (value as DataSetIterator | null | undefined)?.hasNext === 'function';
}

/** @throws {TypeError} for what is no iterator */
export function requireIterator(value: unknown, what: string): DataSetIterator {
  if (isIterator(value)) return value;
  throw new TypeError(
    `Cannot ${what} ${describeValue(value)}: needed is a DataSetIterator; new ListDataSetIterator(dataSets, batch) makes one`,
  );
}

/** Resets an iterator that is at its end. @throws {ND4JIllegalStateException} when it cannot be reset */
export function rewound(iterator: DataSetIterator, what: string): DataSetIterator {
  if (iterator.hasNext()) return iterator;
  if (!iterator.resetSupported()) {
    throw new ND4JIllegalStateException(`Cannot ${what} the iterator: it is at its end and does not support reset()`);
  }
  iterator.reset();
  return iterator;
}

/** Calls `visit` with every minibatch from where the iterator stands, giving the host its turns. */
export async function forEachBatch(
  iterator: DataSetIterator,
  turns: HostTurns,
  visit: (batch: DataSet) => void,
): Promise<void> {
  while (iterator.hasNext()) {
    visit(iterator.next());
    if (turns.isDue) await turns.give();
  }
}
