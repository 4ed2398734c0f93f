import { describe, expect, test } from 'vitest';
import { DataSet } from '../../src/data/dataSet.ts';
import { ExistingDataSetIterator, ListDataSetIterator } from '../../src/data/iterator.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

/** Row i of the features holds i, of the labels −i. */
function rows(count: number): DataSet {
  const values = Float32Array.from({ length: count }, (_, i) => i);
  return new DataSet(
    Nd4j.create(values, [count, 1]),
    Nd4j.create(
      values.map((value) => -value),
      [count, 1],
    ),
  );
}
const column = (set: DataSet): number[] => [...set.getFeatures().toDoubleVector()];

describe('DataSet', () => {
  test('getRange(), get() and asList() are views: writing through them changes the whole', () => {
    const set = rows(5);
    set.getRange(1, 3).getFeatures().addi(10);
    set.get(4).getFeatures().addi(10);
    expect(column(set)).toEqual([0, 11, 12, 3, 14]);
    expect(set.asList().map(column)).toEqual([[0], [11], [12], [3], [14]]);
  });

  test('splitTestAndTrain() takes a share or a number of examples, the first ones to train', () => {
    const byShare = rows(10).splitTestAndTrain(0.75);
    expect(column(byShare.getTrain())).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(column(byShare.getTest())).toEqual([7, 8, 9]);
    expect(column(rows(4).splitTestAndTrain(1).getTrain())).toEqual([0]);
    expect(() => rows(4).splitTestAndTrain(4)).toThrow('from 1 to 3');
  });

  test('shuffle() moves features and labels together', () => {
    const set = rows(7);
    set.shuffle(3);
    expect(column(set)).not.toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect([...set.getLabels().toDoubleVector()]).toEqual(column(set).map((value) => -value));
  });

  test('merge() joins examples in order, batchBy() cuts them', () => {
    const set = rows(7);
    expect(set.batchBy(3).map(column)).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(column(DataSet.merge(set.batchBy(3)))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('detach() takes all arrays out of a workspace', () => {
    const workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace({ initialSize: 4096 }, 'DATA');
    const set = rows(3);
    expect(set.getFeatures().isAttached()).toBe(true);
    set.detach();
    workspace.close();
    expect(column(set)).toEqual([0, 1, 2]);
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  });

  test('refuses features and labels of different lengths, ranges outside, missing parts', () => {
    expect(() => new DataSet(Nd4j.zeros(3, 1), Nd4j.zeros(2, 1))).toThrow('features [3, 1] and labels [2, 1]');
    expect(() => rows(3).getRange(2, 4)).toThrow('Cannot take examples 2 to 4 of 3');
    expect(() => new DataSet().getFeatures()).toThrow('This DataSet has no features');
    expect(() => DataSet.merge([])).toThrow('empty list');
  });
});

describe('ListDataSetIterator', () => {
  test('merges single examples to minibatches, the last one smaller', () => {
    const iterator = new ListDataSetIterator(rows(5).asList(), 2);
    expect([...iterator].map(column)).toEqual([[0, 1], [2, 3], [4]]);
    expect([...iterator].map(column)).toHaveLength(3);
    expect(iterator.inputColumns()).toBe(1);
  });

  test('applies the preprocessor to each minibatch', () => {
    const iterator = new ListDataSetIterator(rows(4).asList(), 2);
    iterator.setPreProcessor({ preProcess: (set) => void set.getFeatures().muli(10) });
    expect(column(iterator.next())).toEqual([0, 10]);
  });

  test('says what is wrong at the end, with a batch of 0, and with other elements than DataSets', () => {
    const iterator = new ListDataSetIterator(rows(1).asList(), 1);
    iterator.next();
    expect(() => iterator.next()).toThrow('reset() starts it again');
    expect(() => new ListDataSetIterator([], 0)).toThrow('Invalid batch size 0');
    expect(() => new ListDataSetIterator([3 as never], 1)).toThrow('element 0 of the list: found 3');
  });
});

describe('ExistingDataSetIterator', () => {
  test('passes DataSets on and preprocesses each object once', () => {
    const sets = rows(2).asList();
    const iterator = new ExistingDataSetIterator(sets);
    iterator.setPreProcessor({ preProcess: (set) => void set.getFeatures().addi(1) });
    expect([...iterator].map(column)).toEqual([[1], [2]]);
    expect([...iterator].map(column)).toEqual([[1], [2]]);
  });

  test('cannot be reset over a generator', () => {
    const iterator = new ExistingDataSetIterator(
      (function* () {
        yield rows(1);
      })(),
    );
    expect(iterator.resetSupported()).toBe(false);
    expect(iterator.hasNext()).toBe(true);
  });
});
