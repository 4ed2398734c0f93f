import { describe, expect, test } from 'vitest';
import { FLOAT } from '../../src/core/dataType.ts';
import { denseGeometry, Geometry } from '../../src/core/geometry.ts';
import { clashes, StridedPlan } from '../../src/ops/stridedPlan.ts';
import { emptyOf, release } from '../support/views.ts';

function planned(out: Geometry, x: Geometry): StridedPlan {
  const plan = new StridedPlan();
  for (const [operand, geometry] of [
    [plan.out, out],
    [plan.x, x],
  ] as const) {
    operand.scalar(0, FLOAT);
    operand.geometry = geometry;
  }
  plan.collapse(false);
  return plan;
}
const strides = (values: readonly number[], plan: StridedPlan): number[] => values.slice(0, plan.rank);

describe('collapse', () => {
  test('one run of memory becomes one dimension', () => {
    const plan = planned(denseGeometry([2, 3, 4]), denseGeometry([2, 3, 4]));
    expect([plan.rank, plan.sizes[0], plan.out.strides[0], plan.x.strides[0]]).toEqual([1, 24, 1, 1]);
    expect(planned(denseGeometry([2, 3], 'f'), denseGeometry([2, 3], 'f')).rank).toBe(1);
    expect(planned(denseGeometry([]), denseGeometry([])).sizes[0]).toBe(1);
  });

  test('sorts by the strides of the result, drops sizes of 1, and repeats missing dimensions with stride 0', () => {
    const plan = planned(denseGeometry([4, 1, 5, 6], 'f'), denseGeometry([5, 1]));
    expect(strides(plan.sizes, plan)).toEqual([6, 5, 4]);
    expect(strides(plan.out.strides, plan)).toEqual([20, 4, 1]);
    expect(strides(plan.x.strides, plan)).toEqual([0, 1, 0]);
  });

  test('keeps apart what one operand does not walk in one run', () => {
    const plan = planned(denseGeometry([3, 4]), new Geometry([3, 4], [5, 1], 'c'));
    expect(strides(plan.sizes, plan)).toEqual([3, 4]);
  });

  test('pairInner puts the dimension that is adjacent in x next to the last one', () => {
    const plan = planned(denseGeometry([2, 3, 4, 5]), new Geometry([2, 3, 4, 5], [1, 40, 10, 2], 'c'));
    plan.pairInner();
    expect(strides(plan.x.strides, plan).slice(-2)).toEqual([1, 2]);
    expect(strides(plan.sizes, plan).reduce((product, size) => product * size, 1)).toBe(120);
  });
});

test('clashes finds views of one buffer that overlap, unless they are walked alike', () => {
  const view = emptyOf('FLOAT', [4, 4]);
  const other = emptyOf('FLOAT', [4, 4]);
  const part = (offset: number, shape: number[], stride: number[]) => ({
    ...view,
    offset,
    geometry: new Geometry(shape, stride, 'c'),
  });
  expect(clashes(view, view)).toBe(false);
  expect(clashes(view, other)).toBe(false);
  expect(clashes(view, part(0, [16], [1]))).toBe(false);
  expect(clashes(view, part(0, [4, 4], [1, 4]))).toBe(true);
  expect(clashes(part(0, [8], [1]), part(8, [8], [1]))).toBe(false);
  expect(clashes(part(0, [8], [1]), part(7, [8], [1]))).toBe(true);
  release(view, other);
});
