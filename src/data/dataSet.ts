// DataSet: features and labels of one minibatch (or of all data), with their masks.

import { describeValue, formatShape, ND4JIllegalArgumentException, ND4JIllegalStateException } from '../core/errors.ts';
import { shuffledRows } from '../core/shuffle.ts';
import { Nd4j } from '../ndarray/nd4j.ts';
import { NDArrayIndex } from '../ndarray/ndArrayIndex.ts';
import { type INDArray, NDArray } from '../ndarray/ndarray.ts';

type Part = 'features' | 'labels' | 'featuresMask' | 'labelsMask';
const PARTS: readonly Part[] = ['features', 'labels', 'featuresMask', 'labelsMask'];

/** The two parts of `splitTestAndTrain`. @see org.nd4j.linalg.dataset.SplitTestAndTrain */
export interface SplitTestAndTrain {
  getTrain(): DataSet;
  getTest(): DataSet;
}

/**
 * Features and labels of some examples, first dimension = example. The arrays are held, not copied.
 * @see org.nd4j.linalg.dataset.DataSet
 */
export class DataSet {
  #parts: Record<Part, INDArray | null>;

  /** @throws {ND4JIllegalArgumentException} when features and labels differ in the number of examples; {TypeError} for what is no array. */
  constructor(
    features: INDArray | null = null,
    labels: INDArray | null = null,
    featuresMask: INDArray | null = null,
    labelsMask: INDArray | null = null,
  ) {
    this.#parts = { features, labels, featuresMask, labelsMask };
    for (const part of PARTS) {
      const value = this.#parts[part];
      if (value === null || value instanceof NDArray) continue;
      throw new TypeError(
        `Cannot make a DataSet: found ${describeValue(value)} as ${part}, needed is an INDArray or null`,
      );
    }
    if (features !== null && labels !== null && features.size(0) !== labels.size(0)) {
      throw new ND4JIllegalArgumentException(
        `Cannot make a DataSet of features ${formatShape(features.geometry.shape)} and labels ${formatShape(labels.geometry.shape)}: the first dimension is the number of examples and must be equal`,
      );
    }
  }

  getFeatures(): INDArray {
    return this.#required('features');
  }
  setFeatures(features: INDArray): void {
    this.#parts.features = features;
  }
  getLabels(): INDArray {
    return this.#required('labels');
  }
  setLabels(labels: INDArray): void {
    this.#parts.labels = labels;
  }
  /** [N] or [N, T]; null when every example counts. */
  getFeaturesMaskArray(): INDArray | null {
    return this.#parts.featuresMask;
  }
  setFeaturesMaskArray(mask: INDArray | null): void {
    this.#parts.featuresMask = mask;
  }
  getLabelsMaskArray(): INDArray | null {
    return this.#parts.labelsMask;
  }
  setLabelsMaskArray(mask: INDArray | null): void {
    this.#parts.labelsMask = mask;
  }
  hasMaskArrays(): boolean {
    return this.#parts.featuresMask !== null || this.#parts.labelsMask !== null;
  }
  isEmpty(): boolean {
    return PARTS.every((part) => this.#parts[part] === null);
  }

  /** Examples: the size of the first dimension. */
  numExamples(): number {
    return (this.#parts.features ?? this.#parts.labels)?.size(0) ?? 0;
  }
  /** Columns of the features. */
  numInputs(): number {
    return this.getFeatures().size(1);
  }
  /** Columns of the labels. */
  numOutcomes(): number {
    return this.getLabels().size(1);
  }

  /** Examples from (inclusive) to (exclusive) as views. @throws {RangeError} */
  getRange(from: number, to: number): DataSet {
    if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= this.numExamples())) {
      throw new RangeError(
        `Cannot take examples ${describeValue(from)} to ${describeValue(to)} of ${this.numExamples()}: needed is 0 ≤ from < to ≤ ${this.numExamples()}`,
      );
    }
    return this.#map((array) => array.get(NDArrayIndex.interval(from, to)));
  }

  /** One example, first dimension kept, as views. */
  get(index: number): DataSet {
    return this.getRange(index, index + 1);
  }

  /** Every example as a DataSet of its own: views. */
  asList(): DataSet[] {
    return Array.from({ length: this.numExamples() }, (_, index) => this.get(index));
  }

  /** Consecutive minibatches of `size` examples as views; the last may be smaller. */
  batchBy(size: number): DataSet[] {
    if (!(Number.isInteger(size) && size > 0))
      throw new RangeError(`Invalid batch size ${describeValue(size)}: needed is a whole number of at least 1`);
    const count = this.numExamples();
    return Array.from({ length: Math.ceil(count / size) }, (_, batch) =>
      this.getRange(batch * size, Math.min((batch + 1) * size, count)),
    );
  }

  /**
   * The first examples to train and the others to test, as views, without shuffling: a share below 1 or a number of examples.
   * @throws {ND4JIllegalArgumentException} when nothing would be left to test.
   */
  splitTestAndTrain(train: number): SplitTestAndTrain {
    const count = this.numExamples();
    const trained = train > 0 && train < 1 ? Math.max(1, Math.floor(count * train)) : train;
    if (!(Number.isInteger(trained) && trained > 0 && trained < count)) {
      throw new ND4JIllegalArgumentException(
        `Cannot split ${count} examples at ${describeValue(train)}: needed is a share between 0 and 1, or a number of examples from 1 to ${count - 1}`,
      );
    }
    const parts = [this.getRange(0, trained), this.getRange(trained, count)] as const;
    return { getTrain: () => parts[0], getTest: () => parts[1] };
  }

  /** Reorders the examples in place, always the same for one seed and the same as DL4J. */
  shuffle(seed: number | bigint = Date.now()): void {
    const rows = shuffledRows(this.numExamples(), seed);
    for (const part of PARTS) {
      const array = this.#parts[part];
      if (array === null) continue;
      const reordered = array.get(NDArrayIndex.indices(...rows));
      array.assign(reordered);
      if (reordered.closeable()) reordered.close();
    }
  }

  /** Joins DataSets of the same shapes along the examples: copies, in the current workspace. @throws {ND4JIllegalArgumentException} */
  static merge(list: readonly DataSet[]): DataSet {
    if (list.length === 0)
      throw new ND4JIllegalArgumentException('Cannot merge an empty list of DataSets: needed is at least one');
    const [features, labels, featuresMask, labelsMask] = PARTS.map((part) => {
      const arrays = list.map((each) => each.#parts[part]);
      const present = arrays.filter((array) => array !== null);
      if (present.length === 0) return null;
      if (present.length < arrays.length) {
        throw new ND4JIllegalArgumentException(
          `Cannot merge: ${present.length} of ${arrays.length} DataSets have ${part}, needed are all or none`,
        );
      }
      return Nd4j.concat(0, ...present);
    });
    return new DataSet(features, labels, featuresMask, labelsMask);
  }

  /** Copies of everything in the current workspace, or on the heap. */
  copy(): DataSet {
    return this.#map((array) => array.dup());
  }

  /** Takes all arrays out of their workspaces, in place: attached ones are replaced by copies on the heap. */
  detach(): void {
    for (const part of PARTS) this.#parts[part] = this.#parts[part]?.detach() ?? null;
  }

  /** Copies all arrays into the current workspace, in place; nothing happens without one. */
  migrate(): void {
    for (const part of PARTS) this.#parts[part] = this.#parts[part]?.migrate() ?? null;
  }

  /** Bytes of all arrays. */
  getMemoryFootprint(): number {
    return PARTS.reduce(
      (sum, part) => sum + (this.#parts[part]?.length() ?? 0) * (this.#parts[part]?.info.width ?? 0),
      0,
    );
  }

  #map(change: (array: INDArray) => INDArray): DataSet {
    const [features, labels, featuresMask, labelsMask] = PARTS.map((part) => {
      const array = this.#parts[part];
      return array === null ? null : change(array);
    });
    return new DataSet(features, labels, featuresMask, labelsMask);
  }

  #required(part: Part): INDArray {
    const array = this.#parts[part];
    if (array === null)
      throw new ND4JIllegalStateException(
        `This DataSet has no ${part}: give them to the constructor or set them first`,
      );
    return array;
  }
}
