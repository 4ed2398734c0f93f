// The contract of data set iterators, and the iterators over data that is in memory already.

import { describeValue, ND4JIllegalArgumentException, UnsupportedOperationException } from '../core/errors.ts';
import { DataSet } from './dataSet.ts';

/** Changes a DataSet in place before it is given out. @see org.nd4j.linalg.dataset.api.DataSetPreProcessor */
export interface DataSetPreProcessor {
  preProcess(dataSet: DataSet): void;
}

/**
 * Minibatches in order, again after `reset`. Also a JavaScript iterable: `for (const batch of iterator)` starts from the beginning.
 * @see org.nd4j.linalg.dataset.api.iterator.DataSetIterator
 */
export interface DataSetIterator extends Iterable<DataSet> {
  hasNext(): boolean;
  /** The next minibatch, or one of `examples` examples where the iterator supports it. @throws {ND4JIllegalArgumentException} at the end. */
  next(examples?: number): DataSet;
  reset(): void;
  resetSupported(): boolean;
  /** Whether batches may be prefetched while an earlier one is in use. */
  asyncSupported(): boolean;
  /** Examples of a minibatch. */
  batch(): number;
  inputColumns(): number;
  totalOutcomes(): number;
  /** Names of the classes, or null. */
  getLabels(): string[] | null;
  setPreProcessor(preProcessor: DataSetPreProcessor | null): void;
  getPreProcessor(): DataSetPreProcessor | null;
}

/**
 * Minibatches of `batch` elements of a list, merged. Give it single examples (`dataSet.asList()`), or minibatches and batch 1.
 * @see org.nd4j.linalg.dataset.api.iterator.ListDataSetIterator (`org.deeplearning4j.datasets.iterator.impl` in older releases)
 */
export class ListDataSetIterator implements DataSetIterator {
  readonly #list: readonly DataSet[];
  readonly #batch: number;
  #at = 0;
  #preProcessor: DataSetPreProcessor | null = null;

  constructor(list: Iterable<DataSet>, batch = 5) {
    if (typeof list?.[Symbol.iterator] !== 'function')
      throw new TypeError(`Cannot iterate over ${describeValue(list)}: needed is a list of DataSets`);
    this.#list = [...list];
    const wrong = this.#list.findIndex((each) => !(each instanceof DataSet));
    if (wrong >= 0)
      throw new TypeError(
        `Cannot iterate over element ${wrong} of the list: found ${describeValue(this.#list[wrong])}, needed are DataSets`,
      );
    if (!(Number.isInteger(batch) && batch > 0))
      throw new RangeError(`Invalid batch size ${describeValue(batch)}: needed is a whole number of at least 1`);
    this.#batch = batch;
  }

  hasNext(): boolean {
    return this.#at < this.#list.length;
  }

  next(examples: number = this.#batch): DataSet {
    if (!this.hasNext())
      throw new ND4JIllegalArgumentException(
        'Unable to merge empty dataset: the iterator is at its end, reset() starts it again',
      );
    const part = this.#list.slice(this.#at, this.#at + examples);
    this.#at += part.length;
    const merged = part.length === 1 ? (part[0] as DataSet) : DataSet.merge(part);
    this.#preProcessor?.preProcess(merged);
    return merged;
  }

  reset(): void {
    this.#at = 0;
  }
  resetSupported(): boolean {
    return true;
  }
  asyncSupported(): boolean {
    return false;
  }
  batch(): number {
    return this.#batch;
  }
  inputColumns(): number {
    return this.#first().getFeatures().size(1);
  }
  totalOutcomes(): number {
    return this.#first().getLabels().size(1);
  }
  getLabels(): string[] | null {
    return null;
  }
  setPreProcessor(preProcessor: DataSetPreProcessor | null): void {
    this.#preProcessor = preProcessor;
  }
  getPreProcessor(): DataSetPreProcessor | null {
    return this.#preProcessor;
  }

  *[Symbol.iterator](): Iterator<DataSet> {
    this.reset();
    while (this.hasNext()) yield this.next();
  }

  #first(): DataSet {
    const [first] = this.#list;
    if (first === undefined) throw new UnsupportedOperationException('An iterator over an empty list has no columns');
    return first;
  }
}

/**
 * Passes on DataSets that exist already, from anything iterable.
 * @see org.deeplearning4j.datasets.iterator.ExistingDataSetIterator
 */
export class ExistingDataSetIterator implements DataSetIterator {
  readonly #source: Iterable<DataSet>;
  readonly #preprocessed = new WeakSet<DataSet>();
  #iterator: Iterator<DataSet>;
  #ahead: IteratorResult<DataSet> | undefined;
  #preProcessor: DataSetPreProcessor | null = null;

  constructor(source: Iterable<DataSet>) {
    this.#source = source;
    this.#iterator = source[Symbol.iterator]();
  }

  hasNext(): boolean {
    this.#ahead ??= this.#iterator.next();
    return this.#ahead.done !== true;
  }

  next(examples?: number): DataSet {
    if (examples !== undefined)
      throw new UnsupportedOperationException(
        'ExistingDataSetIterator passes DataSets on as they are: next() takes no number of examples',
      );
    if (!this.hasNext()) throw new ND4JIllegalArgumentException('The iterator is at its end: reset() starts it again');
    const dataSet = this.#ahead?.value as DataSet;
    this.#ahead = undefined;
    if (this.#preProcessor !== null && !this.#preprocessed.has(dataSet)) {
      this.#preProcessor.preProcess(dataSet);
      this.#preprocessed.add(dataSet);
    }
    return dataSet;
  }

  reset(): void {
    this.#iterator = this.#source[Symbol.iterator]();
    this.#ahead = undefined;
  }
  /** False for a source that can be walked only once, such as a generator object. */
  resetSupported(): boolean {
    return (this.#source as unknown) !== this.#source[Symbol.iterator]();
  }
  asyncSupported(): boolean {
    return false;
  }
  batch(): number {
    return 0;
  }
  inputColumns(): number {
    return 0;
  }
  totalOutcomes(): number {
    return 0;
  }
  getLabels(): string[] | null {
    return null;
  }
  setPreProcessor(preProcessor: DataSetPreProcessor | null): void {
    this.#preProcessor = preProcessor;
  }
  getPreProcessor(): DataSetPreProcessor | null {
    return this.#preProcessor;
  }

  *[Symbol.iterator](): Iterator<DataSet> {
    this.reset();
    while (this.hasNext()) yield this.next();
  }
}
