// What an evaluation counts: rows of labels and predictions by actual and predicted class, with their options.

import {
  describeValue,
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
  UnsupportedOperationException,
} from '../core/errors.ts';
import { type INDArray, NDArray } from '../ndarray/ndarray.ts';
import { ConfusionMatrix } from './confusionMatrix.ts';
import { forEachRow } from './evaluationRows.ts';

/** Settings of an evaluation; all optional. */
export interface EvaluationOptions {
  /** Number of classes; learnt from the first labels unless given. */
  numClasses?: number;
  /** Names of the classes. */
  labels?: readonly string[] | Readonly<Record<number, string>> | null;
  /** A prediction counts as right when its class is among the N most probable. */
  topN?: number;
  /** Probability of class 1 above which it is predicted; two columns only. */
  binaryDecisionThreshold?: number;
  /** The class that the binary metrics report; null averages over both. */
  binaryPositiveClass?: number | null;
  /** Factors on the probabilities of the classes before the largest is taken. */
  costArray?: INDArray | readonly number[];
  /** Which dimension of rank-4 arrays holds the classes (1 for NCHW, 3 for NHWC). */
  axis?: number;
}

/** One example that was predicted, with what the caller knows about it. */
export interface Prediction {
  readonly actualClass: number;
  readonly predictedClass: number;
  readonly recordMetaData: unknown;
}

/** The counting half of `Evaluation`: everything that does not compute a metric. */
export abstract class EvaluationCounts {
  protected readonly labelNames: string[] | null;
  protected readonly topN: number;
  protected readonly threshold: number | null;
  protected readonly positiveClass: number | null;
  protected readonly cost: Float64Array | null;
  protected readonly axis: number;
  protected readonly initialClasses: number;
  protected confusion: ConfusionMatrix | null = null;
  protected rows = 0;
  protected rowsOfClass: number[] = [];
  protected topNCorrect = 0;
  protected predictions: Prediction[] = [];

  constructor(options?: number | readonly string[] | EvaluationOptions) {
    const given: EvaluationOptions =
      typeof options === 'number'
        ? { numClasses: options }
        : Array.isArray(options)
          ? { labels: options }
          : ((options ?? {}) as EvaluationOptions);
    this.labelNames = given.labels ? Object.values(given.labels) : null;
    this.initialClasses = positive('numClasses', given.numClasses ?? this.labelNames?.length ?? 0, 0);
    this.topN = positive('topN', given.topN ?? 1, 1);
    this.threshold = given.binaryDecisionThreshold ?? null;
    if (this.threshold !== null && !(this.threshold >= 0 && this.threshold <= 1)) {
      throw new ND4JIllegalArgumentException(
        `Invalid binary decision threshold ${describeValue(this.threshold)}: needed is a probability from 0 to 1`,
      );
    }
    const sized = given.numClasses !== undefined && given.numClasses !== 2;
    this.positiveClass = given.binaryPositiveClass !== undefined ? given.binaryPositiveClass : sized ? null : 1;
    this.axis = given.axis ?? 1;
    this.cost = costOf(given.costArray);
    if (this.initialClasses > 0) this.confusion = new ConfusionMatrix(this.initialClasses);
  }

  /**
   * Adds rows of labels and predictions: [N, C], [N, C, T] or [N, C, H, W], probabilities against one-hot labels; one column means binary.
   * Rows whose mask is 0 are left out. Nothing is counted when the call fails.
   * @throws {ND4JIllegalStateException} when predictions hold NaN. @throws {ND4JIllegalArgumentException} when shapes differ.
   */
  eval(labels: INDArray, predictions: INDArray, mask?: INDArray | null, metaData?: readonly unknown[]): void;
  /** Adds one example by class indices. @throws {UnsupportedOperationException} before the number of classes is known. */
  eval(predicted: number, actual: number): void;
  eval(
    first: INDArray | number,
    second: INDArray | number,
    mask: INDArray | null = null,
    metaData?: readonly unknown[],
  ): void {
    if (typeof first === 'number') {
      this.countOne(first, second as number);
      return;
    }
    const predictions = second as INDArray;
    for (const each of [first, predictions]) {
      if (each instanceof NDArray) continue;
      throw new TypeError(`Cannot evaluate ${describeValue(each)}: needed are INDArrays of labels and predictions`);
    }
    const columns = first.rank() < 2 ? 0 : first.size(first.rank() === 4 ? this.axis : 1);
    this.checkColumns(columns);
    countNaN(first, predictions, mask, this.axis);
    forEachRow(first, predictions, mask, this.axis, (label, prediction, row) => {
      this.ensureClasses(columns === 1 ? 2 : columns);
      if (columns === 1) this.countBinary(label[0] as number, prediction[0] as number);
      else this.countRow(label, prediction, metaData?.[row], metaData !== undefined);
      this.rows++;
    });
  }

  protected checkColumns(columns: number): void {
    if (this.threshold !== null && columns > 2) {
      throw new ND4JIllegalStateException(
        `Binary decision threshold is set, but number of columns for predictions is ${columns}. Binary decision threshold can only be used for binary prediction cases`,
      );
    }
    if (this.cost !== null && columns !== this.cost.length) {
      throw new ND4JIllegalStateException(
        `Cost array has ${this.cost.length} elements, but number of columns for predictions is ${columns}`,
      );
    }
  }

  protected ensureClasses(classes: number): ConfusionMatrix {
    if (this.confusion === null) this.confusion = new ConfusionMatrix(classes);
    else this.confusion.grow(classes);
    return this.confusion;
  }

  protected countRow(label: Float64Array, prediction: Float64Array, metaData: unknown, keep: boolean): void {
    const actual = largest(label, null);
    const predicted =
      this.threshold !== null && prediction.length === 2
        ? Number((prediction[1] as number) > this.threshold)
        : largest(prediction, this.cost);
    this.confusion?.add(actual, predicted);
    if (keep) this.predictions.push({ actualClass: actual, predictedClass: predicted, recordMetaData: metaData });
    this.countColumns(prediction.length);
    if (this.topN <= 1) {
      if (predicted === actual) this.topNCorrect++;
      return;
    }
    let better = 0;
    for (const probability of prediction) if (probability > (prediction[actual] as number)) better++;
    if (better < this.topN) this.topNCorrect++;
  }

  /** A class that had no column in a row has no true negative there, as in DL4J. */
  protected countColumns(columns: number): void {
    for (let index = 0; index < columns; index++) this.rowsOfClass[index] = (this.rowsOfClass[index] ?? 0) + 1;
  }

  protected countBinary(label: number, probability: number): void {
    const predicted = Number(probability > (this.threshold ?? 0.5));
    this.confusion?.add(1, predicted, label);
    this.confusion?.add(0, predicted, 1 - label);
    this.topNCorrect += predicted === 1 ? label : 1 - label;
    this.countColumns(2);
  }

  protected countOne(predicted: number, actual: number): void {
    const classes = this.confusion?.size;
    if (classes === undefined)
      throw new UnsupportedOperationException(
        'Cannot evaluate single example without initializing confusion matrix first',
      );
    for (const index of [predicted, actual]) {
      if (!Number.isInteger(index) || index < 0 || index >= classes)
        throw new ND4JIllegalArgumentException(
          `Invalid class index ${describeValue(index)}: needed is 0 to ${classes - 1}`,
        );
    }
    this.confusion?.add(actual, predicted);
    this.countColumns(classes);
    this.rows++;
    if (predicted === actual) this.topNCorrect++;
  }

  /** Forgets everything that was counted. */
  reset(): void {
    this.confusion = null;
    this.rows = 0;
    this.rowsOfClass = [];
    this.topNCorrect = 0;
    this.predictions = [];
  }

  /** Adds the counts of another evaluation. */
  merge(other: EvaluationCounts): void {
    if (other.confusion !== null) this.ensureClasses(other.confusion.size).addMatrix(other.confusion);
    this.rows += other.rows;
    for (const [index, rows] of other.rowsOfClass.entries())
      this.rowsOfClass[index] = (this.rowsOfClass[index] ?? 0) + rows;
    this.topNCorrect += other.topNCorrect;
    this.predictions.push(...other.predictions);
  }

  truePositives(): Record<number, number> {
    return this.byClass((i) => this.tp(i));
  }
  falsePositives(): Record<number, number> {
    return this.byClass((i) => this.fp(i));
  }
  falseNegatives(): Record<number, number> {
    return this.byClass((i) => this.fn(i));
  }
  trueNegatives(): Record<number, number> {
    return this.byClass((i) => this.tn(i));
  }
  /** Examples of each class: TP + FN. */
  positive(): Record<number, number> {
    return this.byClass((i) => this.tp(i) + this.fn(i));
  }
  /** Examples of all other classes: TN + FP. */
  negative(): Record<number, number> {
    return this.byClass((i) => this.tn(i) + this.fp(i));
  }
  /** Examples whose actual class is this one. */
  classCount(index: number): number {
    return this.matrix('counts').getActualTotal(index);
  }

  /** Rows counted. */
  getNumRowCounter(): number {
    return this.rows;
  }
  getTopN(): number {
    return this.topN;
  }
  getTopNCorrectCount(): number {
    return this.topNCorrect;
  }
  getTopNTotalCount(): number {
    return this.rows;
  }
  getBinaryPositiveClass(): number | null {
    return this.positiveClass;
  }
  getBinaryDecisionThreshold(): number | null {
    return this.threshold;
  }
  /** @internal */
  getCostArray(): Float64Array | null {
    return this.cost;
  }
  /** The confusion matrix; null before anything was counted and the number of classes is unknown. */
  getConfusionMatrix(): ConfusionMatrix | null {
    return this.confusion;
  }
  /** Names of the classes, or their indices. */
  getLabelsList(): string[] {
    return this.labelNames ?? this.confusion?.getClasses().map(String) ?? [];
  }
  /** The name of a class, or its index. */
  getClassLabel(index: number): string {
    return this.labelNames?.[index] ?? String(index);
  }

  /** Wrong predictions, for examples that came with meta data. */
  getPredictionErrors(): Prediction[] {
    return this.sorted((each) => each.actualClass !== each.predictedClass);
  }
  getPredictions(actualClass: number, predictedClass: number): Prediction[] {
    return this.sorted((each) => each.actualClass === actualClass && each.predictedClass === predictedClass);
  }
  getPredictionsByActualClass(actualClass: number): Prediction[] {
    return this.sorted((each) => each.actualClass === actualClass);
  }
  getPredictionByPredictedClass(predictedClass: number): Prediction[] {
    return this.sorted((each) => each.predictedClass === predictedClass);
  }
  protected sorted(wanted: (each: Prediction) => boolean): Prediction[] {
    return this.predictions
      .filter(wanted)
      .sort((a, b) => a.actualClass - b.actualClass || a.predictedClass - b.predictedClass);
  }

  protected tp(index: number): number {
    return this.confusion?.getCount(index, index) ?? 0;
  }
  protected fp(index: number): number {
    return (this.confusion?.getPredictedTotal(index) ?? 0) - this.tp(index);
  }
  protected fn(index: number): number {
    return (this.confusion?.getActualTotal(index) ?? 0) - this.tp(index);
  }
  protected tn(index: number): number {
    const rows = this.rowsOfClass[index] ?? 0;
    return rows === 0 ? 0 : rows - this.tp(index) - this.fp(index) - this.fn(index);
  }
  protected hasF(index: number): boolean {
    return this.tp(index) + this.fp(index) > 0 && this.tp(index) + this.fn(index) > 0;
  }
  protected byClass(count: (index: number) => number): Record<number, number> {
    return Object.fromEntries(
      this.matrix('counts')
        .getClasses()
        .map((index) => [index, count(index)]),
    );
  }

  protected matrix(what: string): ConfusionMatrix {
    if (this.confusion === null || (this.rows === 0 && what !== 'counts' && what !== 'confusion matrix')) {
      throw new ND4JIllegalStateException(`Cannot get ${what}: no evaluation has been performed`);
    }
    return this.confusion;
  }
}

/** Index of the largest value times its factor, first on ties. */
function largest(values: Float64Array, factors: Float64Array | null): number {
  let best = 0;
  let bestValue = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = (values[i] as number) * (factors === null ? 1 : (factors[i] as number));
    if (value > bestValue) {
      best = i;
      bestValue = value;
    }
  }
  return best;
}

function countNaN(labels: INDArray, predictions: INDArray, mask: INDArray | null, axis: number): void {
  let found = 0;
  forEachRow(labels, predictions, mask, axis, (_label, prediction) => {
    for (const value of prediction) if (Number.isNaN(value)) found++;
  });
  if (found > 0)
    throw new ND4JIllegalStateException(
      `Cannot perform evaluation with NaNs present in predictions: ${found} NaNs present in predictions INDArray`,
    );
}

function costOf(cost: INDArray | readonly number[] | undefined): Float64Array | null {
  if (cost === undefined) return null;
  const values = cost instanceof NDArray ? cost.ravel().toDoubleVector() : Float64Array.from(cost);
  if (values.some((value) => !(value >= 0)))
    throw new ND4JIllegalArgumentException('Invalid cost array: Cost array values must be positive');
  return values;
}

function positive(name: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw new ND4JIllegalArgumentException(
    `Invalid ${name} ${describeValue(value)}: needed is a whole number of at least ${least}`,
  );
}
