// How often each actual class was predicted as each class, and the texts made of it.

/** Counts [actual][predicted] over classes 0 … n−1; grows when a larger class appears. @see org.nd4j.evaluation.classification.ConfusionMatrix */
export class ConfusionMatrix {
  readonly #counts: number[][] = [];

  constructor(classes: number) {
    this.grow(classes);
  }

  /** Number of classes. */
  get size(): number {
    return this.#counts.length;
  }

  /** Makes room for classes 0 … classes−1. */
  grow(classes: number): void {
    for (const row of this.#counts) while (row.length < classes) row.push(0);
    while (this.#counts.length < classes) this.#counts.push(new Array<number>(classes).fill(0));
  }

  /** Class indices in order. */
  getClasses(): number[] {
    return this.#counts.map((_, index) => index);
  }

  add(actual: number, predicted: number, count = 1): void {
    const row = this.#counts[actual];
    if (row !== undefined) row[predicted] = (row[predicted] ?? 0) + count;
  }

  /** Adds all counts of another matrix. */
  addMatrix(other: ConfusionMatrix): void {
    this.grow(other.size);
    for (const actual of other.getClasses()) {
      for (const predicted of other.getClasses()) this.add(actual, predicted, other.getCount(actual, predicted));
    }
  }

  getCount(actual: number, predicted: number): number {
    return this.#counts[actual]?.[predicted] ?? 0;
  }

  /** Examples whose actual class is `actual`. */
  getActualTotal(actual: number): number {
    return (this.#counts[actual] ?? []).reduce((sum, count) => sum + count, 0);
  }

  /** Examples predicted as `predicted`. */
  getPredictedTotal(predicted: number): number {
    return this.#counts.reduce((sum, row) => sum + (row[predicted] ?? 0), 0);
  }

  /** Comma-separated values with totals. */
  toCSV(): string {
    const classes = this.getClasses();
    const lines = [',,Predicted Class,', `,,${classes.join(',')},Total`];
    for (const actual of classes) {
      const counts = classes.map((predicted) => this.getCount(actual, predicted));
      lines.push(`${actual === 0 ? 'Actual Class' : ''},${actual},${counts.join(',')},${this.getActualTotal(actual)}`);
    }
    lines.push(`,Total,${classes.map((predicted) => this.getPredictedTotal(predicted)).join(',')},`);
    return `${lines.join('\n')}\n`;
  }

  /** The plain matrix under a dashed rule, with the class names at the right, as `Evaluation.stats()` shows it. */
  toTable(label: (index: number) => string): string {
    const classes = this.getClasses();
    const largest = Math.max(classes.length - 1, ...this.#counts.flat());
    const width = String(Math.ceil(largest)).length + 1;
    const cell = (value: number): string => String(value).padStart(width);
    const rows = classes.map(
      (actual) =>
        `${classes.map((predicted) => cell(this.getCount(actual, predicted))).join('')} | ${actual} = ${label(actual)}`,
    );
    return [
      classes.map(cell).join(''),
      '-'.repeat(width * classes.length + 1),
      ...rows,
      '',
      'Confusion matrix format: Actual (rowClass) predicted as (columnClass) N times',
    ].join('\n');
  }

  /** The matrix with predicted classes across and actual classes with their names down. */
  toNamedTable(label: (index: number) => string): string {
    const classes = this.getClasses();
    const nameWidth = Math.max(5, ...classes.map((index) => label(index).length)) + 6;
    const header = '   Predicted:'.padEnd(nameWidth + 5) + classes.map((index) => String(index).padStart(7)).join('');
    const lines = [header, '   Actual:'];
    for (const actual of classes) {
      const counts = classes.map((predicted) => String(this.getCount(actual, predicted)).padStart(7)).join('');
      lines.push(`${String(actual).padEnd(3)}${label(actual).padEnd(nameWidth)}| ${counts}`);
    }
    return `${lines.join('\n')}\n`;
  }
}
