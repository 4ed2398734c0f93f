import { describe, expect, test } from 'vitest';
import { Evaluation } from '../../src/evaluation/evaluation.ts';
import { heapUse } from '../../src/memory/heap.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { arrayOf } from '../support/goldenArray.ts';

function matrix(rows: number[][]): NDArray {
  const data = new Float32Array(rows.flat());
  return arrayOf({
    shape: [rows.length, rows[0]?.length ?? 0],
    type: 'FLOAT',
    data: Buffer.from(data.buffer).toString('base64'),
  });
}

const labels = (): NDArray =>
  matrix([
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [0, 0, 1],
  ]);
const predictions = (): NDArray =>
  matrix([
    [0.8, 0.1, 0.1],
    [0.2, 0.7, 0.1],
    [0.1, 0.2, 0.7],
    [0.5, 0.3, 0.2],
  ]);

describe('Evaluation', () => {
  test('accuracy, precision, recall and F1 of a small matrix agree with a calculation by hand', () => {
    const evaluation = new Evaluation();
    evaluation.eval(labels(), predictions());
    expect(evaluation.accuracy()).toBe(0.75);
    expect(evaluation.precision(0)).toBe(0.5);
    expect(evaluation.recall(2)).toBe(0.5);
    expect(evaluation.f1(2)).toBeCloseTo(2 / 3, 15);
    expect(evaluation.getConfusionMatrix()?.getCount(2, 0)).toBe(1);
  });

  test('eval() in two calls counts what one call counts', () => {
    const whole = new Evaluation();
    whole.eval(labels(), predictions());
    const parts = new Evaluation();
    for (const row of [0, 1, 2, 3])
      parts.eval(
        matrix([labels().toArray() as number[][]][0]?.slice(row, row + 1) as number[][]),
        matrix((predictions().toArray() as number[][]).slice(row, row + 1)),
      );
    expect(parts.stats()).toBe(whole.stats());
  });

  test('eval() allocates nothing on the heap', () => {
    const evaluation = new Evaluation(3);
    const [l, p] = [labels(), predictions()];
    const before = heapUse.blocks;
    evaluation.eval(l, p);
    expect(heapUse.blocks).toBe(before);
  });

  test('a failing eval() counts nothing', () => {
    const evaluation = new Evaluation();
    evaluation.eval(labels(), predictions());
    const before = evaluation.stats();
    const broken = matrix([
      [0.8, 0.1, 0.1],
      [Number.NaN, 0.7, 0.1],
      [0.1, 0.2, 0.7],
      [0.5, 0.3, 0.2],
    ]);
    expect(() => evaluation.eval(labels(), broken)).toThrow('1 NaNs present in predictions');
    expect(() => evaluation.eval(labels(), matrix([[1, 2]]))).toThrow(
      'Predictions shape: [1, 2], Labels shape: [4, 3]',
    );
    expect(evaluation.stats()).toBe(before);
  });

  test('views and other orders count as their dense copies do', () => {
    const evaluation = new Evaluation();
    evaluation.eval(labels().dup('f'), predictions().transpose().dup().transpose());
    const dense = new Evaluation();
    dense.eval(labels(), predictions());
    expect(evaluation.stats()).toBe(dense.stats());
  });

  test('merge() and reset()', () => {
    const a = new Evaluation();
    const b = new Evaluation();
    a.eval(labels(), predictions());
    b.eval(labels(), labels());
    a.merge(b);
    expect(a.getNumRowCounter()).toBe(8);
    expect(a.accuracy()).toBe(7 / 8);
    a.reset();
    expect(() => a.accuracy()).toThrow('Cannot get accuracy: no evaluation has been performed');
  });

  test.each([
    [{ numClasses: -1 }, 'Invalid numClasses -1'],
    [{ topN: 0 }, 'Invalid topN 0'],
    [{ binaryDecisionThreshold: 2 }, 'Invalid binary decision threshold 2'],
    [{ costArray: [1, -1] }, 'Cost array values must be positive'],
  ])('refuses the options %j', (options, message) => {
    expect(() => new Evaluation(options)).toThrow(message);
  });
});
