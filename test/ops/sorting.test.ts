import { describe, expect, test } from 'vitest';
import { type DataType, DataType as Types } from '../../src/core/dataType.ts';
import { scratch } from '../../src/ops/scratch.ts';
import { argSort, SortOrder, sort, sortWithIndices } from '../../src/ops/sorting.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { groups } from '../reference/reduce.ts';
import { emptyOf, type Layout, noise, release, strayWrites, valuesOf, viewOf } from '../support/views.ts';

type Order = keyof typeof SortOrder;
const ORDERS = Object.keys(SortOrder) as Order[];

/** Positions in sorted order by the definition: NaN last of all in ascending order, ties by position. */
function naiveOrder(row: readonly number[], order: Order): number[] {
  const compare = (a: number, b: number): number => {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return a < b ? -1 : a > b ? 1 : 0;
  };
  const at = row.map((_, i) => i);
  if (order === 'DESCENDING') return at.sort((i, j) => compare(row[j] as number, row[i] as number) || i - j);
  at.sort((i, j) => compare(row[i] as number, row[j] as number) || i - j);
  return order === 'BACKWARDS' ? at.reverse() : at;
}

function check(
  values: readonly number[],
  shape: readonly number[],
  dimension: number,
  order: Order,
  layout: Layout = {},
  outLayout: Layout = {},
  type: DataType = 'FLOAT',
): void {
  const x = viewOf(type, values, shape, layout);
  const out = emptyOf(type, shape, outLayout);
  const at = emptyOf('LONG', shape, layout);
  sortWithIndices(out, at, x, dimension, SortOrder[order]);
  const expected: number[] = [];
  const places: number[] = [];
  const rows = shape.length === 1 ? [values.map((_, i) => i)] : groups(shape, [dimension]);
  for (const group of rows) {
    naiveOrder(
      group.map((i) => values[i] as number),
      order,
    ).forEach((place, i) => {
      places[group[i] as number] = place;
      expected[group[i] as number] = values[group[place] as number] as number;
    });
  }
  const what = `${type} [${shape}] along ${dimension} ${order} ${JSON.stringify(layout)}`;
  expect(valuesOf(out), what).toEqual(expected);
  expect(valuesOf(at), what).toEqual(places);
  expect([...strayWrites(out), ...strayWrites(at)], what).toEqual([]);
  sort(x, x, dimension, SortOrder[order]);
  expect(valuesOf(x), `${what} in place`).toEqual(expected);
  release(x, out, at);
}

/** Few different numbers, so that ties are common. */
const ties = (length: number): number[] => noise(length).map((each) => Math.round(each * 5));

describe.each(ORDERS)('sort() %s', (order) => {
  test('is stable for rows and columns of every length from 1 to 67, and longer ones', () => {
    for (let size = 1; size <= 67; size++) {
      check(ties(3 * size), [3, size], 1, order);
      check(ties(3 * size), [size, 3], 0, order);
      check(noise(size), [size], 0, order);
    }
    for (const size of [127, 128, 129, 1000]) check(ties(2 * size), [2, size], 1, order);
  });

  test('sorts any dimension of any layout into any layout', () => {
    const layouts: Layout[] = [
      {},
      { order: 'f' },
      { strides: [1, 80, 4, 20] },
      { strides: [400, 80, 14, 2], offset: 3 },
    ];
    for (const dimension of [0, 1, 2, 3]) {
      for (const layout of layouts)
        for (const out of layouts) check(ties(240), [4, 3, 5, 4], dimension, order, layout, out);
    }
  });

  test.each(Object.keys(Types).filter((type) => type !== 'HALF' && type !== 'BFLOAT16') as DataType[])(
    'sorts %s',
    (type) => {
      // Adding 0: integers have no −0.
      const values = ties(40).map((each) =>
        type === 'BOOL' ? Number(each > 0) : type.startsWith('U') ? Math.abs(each) : each + 0,
      );
      check(values, [2, 20], 1, order, {}, {}, type);
    },
  );

  test('NaN is larger than everything, infinities are in order', () => {
    const values = [3, Number.NaN, -Infinity, 1, Infinity, Number.NaN, -3];
    for (const type of ['FLOAT', 'DOUBLE'] as const) check(values, [7], 0, order, {}, {}, type);
  });
});

describe('details', () => {
  test('−0 and 0 are equal and keep their signs and places', () => {
    const x = viewOf('DOUBLE', [0, -0, 1, -0, -1], [5]);
    const at = emptyOf('INT', [5]);
    sortWithIndices(x, at, x, 0);
    expect(valuesOf(x)).toEqual([-1, 0, -0, -0, 1]);
    expect(valuesOf(at)).toEqual([4, 0, 1, 3, 2]);
  });

  test('HALF and BFLOAT16 sort by value', () => {
    const [one, two, minus] = [0x3c00, 0x4000, 0xc400];
    const half = viewOf('HALF', [two, minus, one], [3]);
    sort(half, half, 0);
    expect(valuesOf(half)).toEqual([minus, one, two]);
    const brain = viewOf('BFLOAT16', [0x4040, 0xc040, 0x3f80], [3]);
    sort(brain, brain, 0, SortOrder.DESCENDING);
    expect(valuesOf(brain)).toEqual([0x4040, 0x3f80, 0xc040]);
  });

  test('64-bit integers sort exactly, UINT64 by its unsigned value', () => {
    const long = viewOf('LONG', [0, 0, 0], [3]);
    (long.buffer.window() as BigInt64Array).set([2n ** 53n + 1n, 2n ** 53n, -(2n ** 63n)]);
    sort(long, long, 0);
    expect([...(long.buffer.window() as BigInt64Array)].slice(0, 3)).toEqual([-(2n ** 63n), 2n ** 53n, 2n ** 53n + 1n]);
    const unsigned = viewOf('UINT64', [0, 0], [2]);
    (unsigned.buffer.window() as BigUint64Array).set([2n ** 63n, 5n]);
    sort(unsigned, unsigned, 0);
    expect([...(unsigned.buffer.window() as BigUint64Array)].slice(0, 2)).toEqual([5n, 2n ** 63n]);
  });

  test('argSort() writes positions only, in any type', () => {
    const x = viewOf('FLOAT', [3, 1, 2], [3]);
    const at = emptyOf('FLOAT', [3], { strides: [2] });
    argSort(at, x, 0, SortOrder.DESCENDING);
    expect(valuesOf(at)).toEqual([0, 2, 1]);
    expect(valuesOf(x)).toEqual([3, 1, 2]);
  });

  test('sort() and argSort() of many rows write nothing but their results', () => {
    const bytes = runtime().kernels.sortScratchBytes(3);
    const spare = scratch(bytes);
    const x = viewOf('FLOAT', noise(60), [20, 3]);
    const at = emptyOf('LONG', [20, 3]);
    const own = (i: number, address: number, length: number): boolean => i >= address && i < address + length;
    for (const run of [() => argSort(at, x, 1), () => sort(x, x, 1)]) {
      const before = runtime().memory.u8.slice();
      run();
      const wrong = runtime().memory.u8.findIndex(
        (byte, i) =>
          byte !== before[i] &&
          !own(i, spare, bytes) &&
          !own(i, x.buffer.address, 240) &&
          !own(i, at.buffer.address, 480),
      );
      expect(wrong).toBe(-1);
    }
  });

  test('an empty array and rows of one element are left alone', () => {
    const empty = emptyOf('FLOAT', [0, 3]);
    sort(empty, empty, 1);
    check([5, 4, 3], [3, 1], 1, 'DESCENDING');
    check([5], [], 0, 'ASCENDING');
  });

  test('sortRows touches no scratch beyond sortScratchBytes', () => {
    const { kernels } = runtime();
    for (const n of [1, 5, 100]) {
      const bytes = kernels.sortScratchBytes(n);
      const scratch = kernels.heapAllocate(bytes + 64) >>> 0;
      const x = viewOf('DOUBLE', noise(n), [n]);
      kernels.fillBytes(scratch + bytes, 0x5a, 64);
      kernels.sortRows(1, 0, 1, n, x.buffer.address, n, 1, x.buffer.address, n, 1, 1, x.buffer.address, n, 1, scratch);
      expect(runtime().memory.u8.slice(scratch + bytes, scratch + bytes + 64)).toEqual(new Uint8Array(64).fill(0x5a));
      kernels.heapFree(scratch);
    }
  });

  test('sorting a permutation gives the same row', () => {
    const values = noise(200);
    const x = viewOf('FLOAT', values, [200]);
    const y = viewOf('FLOAT', [...values].reverse(), [200]);
    sort(x, x, 0);
    sort(y, y, 0);
    expect(valuesOf(y)).toEqual(valuesOf(x));
  });
});
