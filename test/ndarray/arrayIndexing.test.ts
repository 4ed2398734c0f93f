// get and put with NDArrayIndex; rows and columns; choices by masks and conditions.

import { describe, expect, test } from 'vitest';
import { Conditions } from '../../src/ndarray/conditions.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import { NDArrayIndex } from '../../src/ndarray/ndArrayIndex.ts';

const { all, point, interval, newAxis, indices } = NDArrayIndex;
const matrix = () => Nd4j.arange(20).reshape(4, 5);

describe('get()', () => {
  test('of points and intervals is a view', () => {
    const x = matrix();
    const part = x.get(interval(1, 3), interval(0, 2, 5));
    expect(part.toArray()).toEqual([
      [5, 7, 9],
      [10, 12, 14],
    ]);
    part.assign(0);
    expect(x.getRow(1).toArray()).toEqual([0, 6, 0, 8, 0]);
    expect(x.get(point(3)).toArray()).toEqual([15, 16, 17, 18, 19]);
    expect(x.get(all(), point(-1)).toArray()).toEqual([4, 0, 0, 19]);
  });

  test('counts the ends of intervals from the end when they are negative, and includes the end when asked', () => {
    const x = Nd4j.arange(6);
    expect(x.get(interval(-3, -1)).toArray()).toEqual([3, 4]);
    expect(x.get(interval(-3, -1, true)).toArray()).toEqual([3, 4, 5]);
    expect(x.get(interval(1, 2, -1, true)).toArray()).toEqual([1, 3, 5]);
  });

  test('of interval(a, a) is empty, of interval(a, stride, a) one index', () => {
    expect(matrix().get(interval(1, 1)).shape()).toEqual([0, 5]);
    expect(
      matrix()
        .get(interval(2, 1, 2))
        .shape(),
    ).toEqual([1, 5]);
    expect(matrix().get(interval(4, 4)).isEmpty()).toBe(true);
  });

  test('puts new axes where they are asked for', () => {
    const x = matrix();
    expect(x.get(newAxis(), all(), newAxis(), all()).shape()).toEqual([1, 4, 1, 5]);
    expect(x.get(point(1), newAxis()).shape()).toEqual([1, 5]);
    expect(x.get(all(), all(), newAxis()).shape()).toEqual([4, 5, 1]);
    x.get(newAxis(), point(0)).assign(1);
    expect(x.getRow(0).toArray()).toEqual([1, 1, 1, 1, 1]);
  });

  test('of listed indices is a copy, in that order and as often as listed', () => {
    const x = matrix();
    const picked = x.get(indices(3, 0, 3), indices(-1, 1));
    expect(picked.toArray()).toEqual([
      [19, 16],
      [4, 1],
      [19, 16],
    ]);
    picked.assign(0);
    expect(x.getDouble(3, 4)).toBe(19);
    expect(x.get(indices([1])).toArray()).toEqual([[5, 6, 7, 8, 9]]);
    expect(x.get(all(), indices()).shape()).toEqual([4, 0]);
    expect(x.get(interval(0, 2, 4), indices(0, 2)).toArray()).toEqual([
      [0, 2],
      [10, 12],
    ]);
  });

  test('takes lists too long to be arguments', () => {
    const rows = Array.from({ length: 200_000 }, (_, row) => row % 4);
    expect(matrix().get(indices(rows)).shape()).toEqual([200_000, 5]);
  });

  test('agrees with single elements on arrays of any layout', () => {
    const x = Nd4j.arange(60).reshape(3, 4, 5).permute(2, 0, 1);
    const part = x.get(interval(0, 2, 5), indices(2, 0), interval(1, 3));
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 2; j++)
        for (let k = 0; k < 2; k++)
          expect(part.getDouble(i, j, k)).toBe(x.getDouble(2 * i, [2, 0][j] as number, k + 1));
  });

  test.each([
    ['too many indices', [all(), all(), all()], 'Cannot get 3 indices of an array of rank 2'],
    ['a point beyond the end', [point(4)], 'Cannot get point index Point(4) on array with size(0)=4'],
    ['a point before the start', [all(), point(-6)], 'on array with size(1)=5'],
    [
      'an interval beyond the end',
      [interval(1, 9)],
      'Interval(b=1,e=9,s=1) on array with size(0)=4. Array shape: [4, 5]',
    ],
    ['an interval that runs backwards', [interval(3, 1)], 'Cannot get interval index'],
    ['a listed index out of range', [indices(0, 4)], 'Cannot get indices index indices(0,4)'],
  ])('refuses %s', (_, given, message) => {
    expect(() => matrix().get(...given)).toThrow(message);
  });

  test('refuses what NDArrayIndex has not made', () => {
    expect(() => matrix().get(1 as never)).toThrow('needed are indices made by NDArrayIndex');
    expect(() => matrix().get(null as never)).toThrow(TypeError);
  });
});

describe('NDArrayIndex', () => {
  test('refuses numbers that are no whole ones', () => {
    expect(() => point(1.5)).toThrow(RangeError);
    expect(() => point('1' as unknown as number)).toThrow(TypeError);
    expect(() => interval(0, 0, 3)).toThrow('Invalid stride 0 of an interval');
    expect(() => interval(0, -1, 3)).toThrow(RangeError);
    expect(() => indices(0, Number.NaN)).toThrow(RangeError);
    expect(() => NDArrayIndex.nTimes(all(), -1)).toThrow(RangeError);
  });

  test('covers shapes and repeats indices', () => {
    expect(
      matrix()
        .get(...NDArrayIndex.createCoveringShape([4, 5]))
        .shape(),
    ).toEqual([4, 5]);
    expect(NDArrayIndex.nTimes(point(0), 2).map(String)).toEqual(['Point(0)', 'Point(0)']);
  });
});

describe('put()', () => {
  test('writes arrays and numbers into a part', () => {
    const x = matrix();
    const part = x.put([interval(0, 2), point(0)], Nd4j.create([7, 8]));
    expect(part.toArray()).toEqual([7, 8]);
    expect(x.put([all(), point(1)], 9)).toBe(x);
    expect(x.get(all(), interval(0, 2)).toArray()).toEqual([
      [7, 9],
      [8, 9],
      [10, 9],
      [15, 9],
    ]);
  });

  test('writes into listed indices', () => {
    const x = Nd4j.zeros(3, 3);
    x.put(
      [indices(2, 0), indices(0, 2)],
      Nd4j.create([
        [1, 2],
        [3, 4],
      ]),
    );
    expect(x.toArray()).toEqual([
      [3, 0, 4],
      [0, 0, 0],
      [1, 0, 2],
    ]);
    expect(
      x
        .put([indices(1)], 5)
        .getRow(1)
        .toArray(),
    ).toEqual([5, 5, 5]);
  });

  test('writes single elements', () => {
    const x = Nd4j.zeros(2, 2);
    x.put(0, 1, 3).put([1, 0], Nd4j.scalar(4)).put([-1], 5);
    expect(x.toArray()).toEqual([
      [0, 3],
      [4, 5],
    ]);
    expect(() => x.put(0, 1, Nd4j.zeros(2))).toThrow('Cannot put an array of shape [2] into one element');
    expect(() => x.put([2, 0], 1)).toThrow(RangeError);
  });

  test('refuses arrays of another size and changes nothing', () => {
    const x = matrix();
    const before = x.toArray();
    expect(() => x.put([point(0)], Nd4j.zeros(4))).toThrow('Cannot assign an array of shape [4] to one of shape [5]');
    expect(() => x.put([indices(0, 1)], Nd4j.zeros(3, 5))).toThrow('Cannot assign an array of shape [3, 5]');
    expect(() => x.putRow(0, Nd4j.zeros(4))).toThrow('Cannot putRow an array of shape [4]: needed are 5 elements');
    expect(() => x.putColumn(5, Nd4j.zeros(4))).toThrow(RangeError);
    expect(() => x.putSlice(4, Nd4j.zeros(5))).toThrow(RangeError);
    expect(x.toArray()).toEqual(before);
  });
});

describe('getRows(), getColumns(), putRow(), putColumn(), putSlice()', () => {
  test('take rows and columns by number', () => {
    const x = matrix();
    expect(x.getRows(1, 0).getColumns([4, 0]).toArray()).toEqual([
      [9, 5],
      [4, 0],
    ]);
    expect(() => Nd4j.zeros(3).getRows(0)).toThrow('getRows() can be called on 2D arrays only');
  });

  test('write vectors of any orientation', () => {
    const x = Nd4j.zeros(2, 2);
    x.putRow(0, Nd4j.create([1, 2]));
    x.putRow(1, Nd4j.create([[3], [4]]));
    x.putColumn(1, Nd4j.create([[5, 6]]));
    expect(x.putSlice(1, Nd4j.create([7, 8]))).toBe(x);
    expect(x.toArray()).toEqual([
      [1, 5],
      [7, 8],
    ]);
  });
});

describe('assign()', () => {
  test('takes as many elements in any shape, or one, of any type', () => {
    const x = Nd4j.zeros(2, 3);
    expect(x.assign(Nd4j.arange(6)).toArray()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(x.assign(Nd4j.create([7n])).getDouble(-1)).toBe(7);
    expect(x.transpose().assign(Nd4j.arange(6)).getRow(0).toArray()).toEqual([0, 1]);
    expect(x.getRow(0).toArray()).toEqual([0, 2, 4]);
  });

  test('refuses other sizes, other values, and numbers that are no booleans', () => {
    const x = Nd4j.zeros(2, 3);
    expect(() => x.assign(Nd4j.zeros(2, 1))).toThrow('needed are 6 elements or one, found 2');
    expect(() => x.assign(null as never)).toThrow(TypeError);
    expect(() => x.assign('1' as never)).toThrow(TypeError);
    expect(() => Nd4j.zeros('BOOL', 2).assign(3)).toThrow('Only values 0 or 1 are allowed');
    expect(Nd4j.zeros('BOOL', 2).assign(true).toArray()).toEqual([true, true]);
  });
});

describe('getWhere(), putWhere() and putWhereWithMask()', () => {
  const x = Nd4j.create([
    [1, -2, 3],
    [-4, 5, -6],
  ]);

  test('compare with a number or with an array', () => {
    expect(x.getWhere(2, Conditions.greaterThan(0))?.toArray()).toEqual([3, 5]);
    expect(x.getWhere(x, Conditions.greaterThan(0))).toBeNull();
    expect(x.transpose().getWhere(0, Conditions.lessThan(0))?.toArray()).toEqual([-4, -2, -6]);
  });

  test('replace in a copy', () => {
    const put = x.putWhere(0, 9, Conditions.lessThan(0));
    expect(put.toArray()).toEqual([
      [1, 9, 3],
      [9, 5, 9],
    ]);
    expect(x.getDouble(0, 1)).toBe(-2);
    expect(x.putWhereWithMask(x.gt(0), Nd4j.create([10, 20, 30])).toArray()).toEqual([
      [10, -2, 20],
      [-4, 30, -6],
    ]);
  });

  test('refuse other shapes and too few values', () => {
    expect(() => x.putWhereWithMask(Nd4j.ones('BOOL', 2), 1)).toThrow('the shapes must be equal');
    expect(() => x.putWhereWithMask(x.gt(0), Nd4j.ones(2))).toThrow('where the mask has 3 ones');
  });
});
