// The text of Evaluation.stats(), line by line in DL4J's layout.

import type { Evaluation } from './evaluation.ts';

const HEADER = '========================Evaluation Metrics========================';
const MATRIX_HEADER = '=========================Confusion Matrix=========================';
const RULE = '='.repeat(66);
const MATRIX_CLASSES_MAX = 20;
const WARNING_CLASSES_MAX = 16;

/** Four decimals, half even as Java's DecimalFormat; NaN and infinity by name. */
function decimal(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  return value.toFixed(4);
}

/** A Java double or float in text: 1 prints as 1.0. */
function javaNumber(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

export function evaluationStats(
  evaluation: Evaluation,
  suppressWarnings: boolean,
  includeConfusion: boolean | undefined,
): string {
  const matrix = evaluation.getConfusionMatrix();
  if (matrix === null || evaluation.getNumRowCounter() === 0)
    return 'Evaluation: No data available (no evaluation has been performed)';
  const lines = [
    '',
    '',
    HEADER,
    ` # of classes:    ${matrix.size}`,
    ` Accuracy:        ${decimal(evaluation.accuracy())}`,
  ];
  if (evaluation.getTopN() > 1)
    lines.push(` ${`Top ${evaluation.getTopN()} Accuracy:`.padEnd(17)}${decimal(evaluation.topNAccuracy())}`);
  lines.push(...metricLines(evaluation, matrix.size));
  lines.push(averagingLine(evaluation, matrix.size));
  const threshold = evaluation.getBinaryDecisionThreshold();
  if (threshold !== null) lines.push(`Binary decision threshold: ${javaNumber(threshold)}`);
  const cost = evaluation.getCostArray();
  if (cost !== null) lines.push(`Cost array: [${[...cost].map(javaNumber).join(', ')}]`);
  lines.push('');
  const warnings = suppressWarnings ? [] : warningLines(evaluation);
  lines.push(...(warnings.length > 0 ? warnings : []));
  lines.push('');
  const showMatrix = includeConfusion ?? true;
  if (showMatrix && (includeConfusion === true || matrix.size <= MATRIX_CLASSES_MAX)) {
    lines.push(MATRIX_HEADER, ...evaluation.confusionMatrix().split('\n'));
  } else if (showMatrix) {
    lines.push(
      '',
      `Note: Confusion matrix not generated due to space requirements for ${matrix.size} classes.`,
      'Use stats(false,true) to generate anyway',
    );
  }
  lines.push(RULE);
  return lines.join('\n');
}

function metricLines(evaluation: Evaluation, classes: number): string[] {
  const excluded = (count: number): string =>
    classes > 2 && count > 0 ? `\t(${count} class${count === 1 ? '' : 'es'} excluded from average)` : '';
  return [
    ` Precision:       ${decimal(evaluation.precision())}${excluded(evaluation.averagePrecisionNumClassesExcluded())}`,
    ` Recall:          ${decimal(evaluation.recall())}${excluded(evaluation.averageRecallNumClassesExcluded())}`,
    ` F1 Score:        ${decimal(evaluation.f1())}${excluded(evaluation.averageF1NumClassesExcluded())}`,
  ];
}

function averagingLine(evaluation: Evaluation, classes: number): string {
  const positive = evaluation.getBinaryPositiveClass();
  if (classes === 2 && positive !== null) {
    return `Precision, recall & F1: reported for positive class (class ${positive} - "${evaluation.getClassLabel(positive)}") only`;
  }
  return `Precision, recall & F1: macro-averaged (equally weighted avg. of ${classes} classes)`;
}

function warningLines(evaluation: Evaluation): string[] {
  const lines: string[] = [];
  for (const metric of ['precision', 'recall'] as const) {
    const excluded = evaluation.classesWithout(metric);
    if (excluded.length === 0) continue;
    const many = excluded.length > 1;
    lines.push(
      `Warning: ${excluded.length} class${many ? 'es were' : ' was'} never predicted by the model and ${many ? 'were' : 'was'} excluded from average ${metric}`,
    );
    if (excluded.length <= WARNING_CLASSES_MAX)
      lines.push(`Classes excluded from average ${metric}: [${excluded.join(', ')}]`);
  }
  return lines;
}
