// Metrics of classifiers, computed from the counts: accuracy, precision, recall, F1 and more, and the report.

import { describeValue } from '../core/errors.ts';
import {
  falseNegativeRateOf,
  falsePositiveRateOf,
  fBetaOf,
  gMeasureOf,
  matthewsCorrelationOf,
  precisionOf,
  recallOf,
} from './classificationMetrics.ts';
import { EvaluationCounts } from './evaluationCounts.ts';
import { evaluationStats } from './evaluationStats.ts';

/** How a metric of several classes becomes one number: mean over classes, or one computation on summed counts. */
export const EvaluationAveraging = { Macro: 'Macro', Micro: 'Micro' } as const;
export type EvaluationAveraging = keyof typeof EvaluationAveraging;

/** Metrics that `scoreForMetric` computes. */
export const EvaluationMetric = {
  ACCURACY: 'ACCURACY',
  F1: 'F1',
  PRECISION: 'PRECISION',
  RECALL: 'RECALL',
  GMEASURE: 'GMEASURE',
  MCC: 'MCC',
} as const;
export type EvaluationMetric = keyof typeof EvaluationMetric;

/**
 * Accuracy, precision, recall, F1, confusion matrix and more, accumulated over calls of `eval`.
 *
 * Rows: the class is the largest label and the largest prediction, first on ties; one column means class 1 above the threshold.
 * With exactly two classes and a positive class, `precision()` and its kin report that class; otherwise they are macro averages
 * that leave out classes where the value is 0/0.
 *
 * @see org.nd4j.evaluation.classification.Evaluation
 */
export class Evaluation extends EvaluationCounts {
  /** A new, empty evaluation with the same settings. */
  newInstance(): Evaluation {
    return new Evaluation({
      numClasses: this.initialClasses,
      labels: this.labelNames,
      topN: this.topN,
      binaryPositiveClass: this.positiveClass,
      axis: this.axis,
      ...(this.threshold === null ? {} : { binaryDecisionThreshold: this.threshold }),
      ...(this.cost === null ? {} : { costArray: [...this.cost] }),
    });
  }

  /** Right predictions / all. */
  accuracy(): number {
    const matrix = this.matrix('accuracy');
    return matrix.getClasses().reduce((sum, index) => sum + matrix.getCount(index, index), 0) / this.rows;
  }

  /** Share of examples whose class is among the top N predicted; the accuracy for N = 1. */
  topNAccuracy(): number {
    return this.topN <= 1 ? this.accuracy() : this.topNCorrect / this.rows;
  }

  /** TP / (TP + FP): of one class (`edge` if 0/0), averaged, or of the positive class. */
  precision(of?: number | EvaluationAveraging, edge = 0): number {
    return this.metric('precision', of, {
      one: (i) => precisionOf(this.tp(i), this.fp(i), edge),
      isDefined: (i) => this.tp(i) + this.fp(i) > 0,
      summed: (tp, fp) => precisionOf(tp, fp, 0),
    });
  }

  /** TP / (TP + FN): of one class (`edge` if 0/0), averaged, or of the positive class. */
  recall(of?: number | EvaluationAveraging, edge = 0): number {
    return this.metric('recall', of, {
      one: (i) => recallOf(this.tp(i), this.fn(i), edge),
      isDefined: (i) => this.tp(i) + this.fn(i) > 0,
      summed: (tp, _fp, fn) => recallOf(tp, fn, 0),
    });
  }

  /** Harmonic mean of precision and recall. */
  f1(of?: number | EvaluationAveraging): number {
    return this.fBeta(1, of);
  }

  /**
   * (1 + β²)·P·R / (β²·P + R). With an averaging and two classes it is that of class 1, whatever the averaging (as in DL4J),
   * and NaN when its precision or recall is 0/0.
   */
  fBeta(beta: number, of?: number | EvaluationAveraging, edge = 0): number {
    const matrix = this.matrix('fBeta score');
    if (typeof of === 'string' && matrix.size === 2)
      return fBetaOf(
        beta,
        precisionOf(this.tp(1), this.fp(1), Number.NaN),
        recallOf(this.tp(1), this.fn(1), Number.NaN),
      );
    return this.metric('fBeta score', of, {
      one: (i) =>
        this.hasF(i)
          ? fBetaOf(beta, precisionOf(this.tp(i), this.fp(i), 0), recallOf(this.tp(i), this.fn(i), 0))
          : edge,
      isDefined: (i) => this.hasF(i),
      summed: (tp, fp, fn) => fBetaOf(beta, precisionOf(tp, fp, 0), recallOf(tp, fn, 0)),
    });
  }

  /** FP / (FP + TN). */
  falsePositiveRate(of?: number | EvaluationAveraging, edge = 0): number {
    return this.metric('false positive rate', of, {
      one: (i) => falsePositiveRateOf(this.fp(i), this.tn(i), edge),
      summed: (_tp, fp, _fn, tn) => falsePositiveRateOf(fp, tn, 0),
    });
  }

  /** FN / (FN + TP); as a micro average FN / (FN + TN), which is what DL4J computes there. */
  falseNegativeRate(of?: number | EvaluationAveraging, edge = 0): number {
    return this.metric('false negative rate', of, {
      one: (i) => falseNegativeRateOf(this.fn(i), this.tp(i), edge),
      summed: (_tp, _fp, fn, tn) => falseNegativeRateOf(fn, tn, 0),
    });
  }

  /** Mean of the false positive rate and the false negative rate. */
  falseAlarmRate(): number {
    return (this.falsePositiveRate() + this.falseNegativeRate()) / 2;
  }

  /** √(P·R). */
  gMeasure(of: number | EvaluationAveraging): number {
    return this.metric('gMeasure', of, {
      one: (i) => gMeasureOf(precisionOf(this.tp(i), this.fp(i), 0), recallOf(this.tp(i), this.fn(i), 0)),
      summed: (tp, fp, fn) => gMeasureOf(precisionOf(tp, fp, 0), recallOf(tp, fn, 0)),
    });
  }

  /** Matthews correlation coefficient; NaN where it is 0/0. */
  matthewsCorrelation(of: number | EvaluationAveraging): number {
    return this.metric('Matthews correlation', of, {
      one: (i) => matthewsCorrelationOf(this.tp(i), this.fp(i), this.fn(i), this.tn(i)),
      summed: matthewsCorrelationOf,
    });
  }

  /** The metric by name; G-measure and Matthews correlation as macro averages. */
  scoreForMetric(metric: EvaluationMetric): number {
    const scores: Record<EvaluationMetric, () => number> = {
      ACCURACY: () => this.accuracy(),
      F1: () => this.f1(),
      PRECISION: () => this.precision(),
      RECALL: () => this.recall(),
      GMEASURE: () => this.gMeasure('Macro'),
      MCC: () => this.matthewsCorrelation('Macro'),
    };
    if (!Object.hasOwn(scores, metric))
      throw new TypeError(
        `Unknown metric ${describeValue(metric)}: needed is one of ${Object.keys(scores).join(', ')}`,
      );
    return scores[metric]();
  }

  /** Classes that the macro average of precision leaves out, because they were never predicted. */
  averagePrecisionNumClassesExcluded(): number {
    return this.classesWithout('precision').length;
  }

  /** Classes that the macro average of recall leaves out, because they never occurred. */
  averageRecallNumClassesExcluded(): number {
    return this.classesWithout('recall').length;
  }

  averageF1NumClassesExcluded(): number {
    return this.averageFBetaNumClassesExcluded();
  }

  averageFBetaNumClassesExcluded(): number {
    return this.matrix('fBeta score')
      .getClasses()
      .filter((i) => !this.hasF(i)).length;
  }

  /** @internal Classes whose precision or recall is 0/0. */
  classesWithout(metric: 'precision' | 'recall'): number[] {
    const total = (i: number): number => this.tp(i) + (metric === 'precision' ? this.fp(i) : this.fn(i));
    return this.matrix(metric)
      .getClasses()
      .filter((i) => total(i) === 0);
  }

  /** The report as text, in DL4J's layout. The matrix is left out above 20 classes unless `includeConfusion` is true. */
  stats(suppressWarnings = false, includeConfusion?: boolean): string {
    return evaluationStats(this, suppressWarnings, includeConfusion);
  }

  /** The confusion matrix as text. */
  confusionMatrix(): string {
    return this.confusion?.toTable((index) => this.getClassLabel(index)) ?? 'Confusion matrix: <no data>';
  }

  /** The confusion matrix as a table with class names. */
  confusionToString(): string {
    return this.matrix('confusion matrix').toNamedTable((index) => this.getClassLabel(index));
  }

  protected metric(name: string, of: number | EvaluationAveraging | undefined, rule: MetricRule): number {
    const classes = this.matrix(name).getClasses();
    if (typeof of === 'number') return rule.one(of);
    if (of === undefined && this.positiveClass !== null && classes.length === 2) return rule.one(this.positiveClass);
    if (of === 'Micro') {
      const sum = (count: (index: number) => number): number =>
        classes.reduce((total, index) => total + count(index), 0);
      return rule.summed(
        sum((i) => this.tp(i)),
        sum((i) => this.fp(i)),
        sum((i) => this.fn(i)),
        sum((i) => this.tn(i)),
      );
    }
    const counted = rule.isDefined === undefined ? classes : classes.filter(rule.isDefined);
    return counted.reduce((total, index) => total + rule.one(index), 0) / counted.length;
  }
}

/** How one metric is taken: of a class, whether it is defined there, and on counts summed over classes. */
interface MetricRule {
  one(index: number): number;
  isDefined?(index: number): boolean;
  summed(tp: number, fp: number, fn: number, tn: number): number;
}
