// NDNN's layers: gradients against differences, draws, refusals. Their values are in the golden files.

import { describe, expect, test } from 'vitest';
import { ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../../src/core/errors.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { doubles, floats, ints } from '../../support/arrays.ts';
import { epsilonsFor, expectGradients, random } from '../../support/operationGradients.ts';

const nn = Nd4j.nn();

describe('gradients', () => {
  test.each([
    [true, [2, 3, 2]],
    [false, [3, 4]],
  ])('biasAddBp() is that of biasAdd(), channels second: %s', (nchw, shape) => {
    const x = random(1, ...shape);
    const bias = random(2, nchw ? (shape[1] as number) : (shape.at(-1) as number));
    const forward = (): INDArray[] => [nn.biasAdd(x, bias, nchw)];
    const epsilons = epsilonsFor(forward());
    expectGradients([x, bias], forward, epsilons, nn.biasAddBp(x, bias, epsilons[0] as INDArray, nchw));
  });

  test.each<[number[], number[], number[]]>([
    [[3, 4], [4], []],
    [[2, 3, 4], [1, 4], [1]],
    [[2, 3, 2, 2], [3], [2, 3]],
  ])('preluBp() is that of prelu() of %j with slopes %j', (shape, slopes, axes) => {
    const [x, alpha] = [random(1, ...shape), random(2, ...slopes)];
    const forward = (): INDArray[] => [nn.prelu(x, alpha, ...axes)];
    const epsilons = epsilonsFor(forward());
    expectGradients([x, alpha], forward, epsilons, nn.preluBp(x, alpha, epsilons[0] as INDArray, axes));
  });

  test.each([true, false])('dotProductAttentionBp() is that of dotProductAttention(), scaled: %s', (scaled) => {
    for (const lead of [[2], [1, 2]]) {
      const [q, k, v] = [random(1, ...lead, 3, 2), random(2, ...lead, 3, 4), random(3, ...lead, 2, 4)];
      const mask = scaled
        ? doubles(
            [...Array(4 * (lead[0] as number)).keys()].map((i) => (i % 3 === 1 ? 0 : 1)),
            [lead[0] as number, 4],
          )
        : null;
      const forward = (): INDArray[] => [nn.dotProductAttention(q, k, v, mask, scaled)];
      const epsilons = epsilonsFor(forward());
      const found = nn.dotProductAttentionBp(q, k, v, epsilons[0] as INDArray, mask, scaled);
      expectGradients([q, k, v], forward, epsilons, found);
    }
  });

  test('multiHeadDotProductAttentionBp() is that of multiHeadDotProductAttention()', () => {
    const [q, k, v] = [random(1, 2, 3, 2), random(2, 2, 2, 3), random(3, 2, 4, 3)];
    const weights = [random(4, 2, 2, 3), random(5, 2, 2, 2), random(6, 2, 3, 4), random(7, 6, 2)] as const;
    const mask = doubles([1, 0, 1, 1, 1, 1], [2, 3]);
    const forward = (): INDArray[] => [nn.multiHeadDotProductAttention(q, k, v, ...weights, mask, true)];
    const epsilons = epsilonsFor(forward());
    const found = nn.multiHeadDotProductAttentionBp(q, k, v, ...weights, epsilons[0] as INDArray, mask, true);
    expectGradients([q, k, v, ...weights], forward, epsilons, found);
  });

  test('sigmoidDerivative() and softmaxDerivative() are slopes', () => {
    const x = random(1, 2, 3);
    const sigmoid = (): INDArray[] => [nn.sigmoid(x)];
    const epsilons = epsilonsFor(sigmoid());
    expectGradients([x], sigmoid, epsilons, [nn.sigmoidDerivative(x, epsilons[0] as INDArray)]);
    for (const dimension of [0, 1]) {
      const softmax = (): INDArray[] => [nn.softmax(x, dimension)];
      expectGradients([x], softmax, epsilons, [nn.softmaxDerivative(x, epsilons[0] as INDArray, dimension)]);
    }
  });
});

describe('dropout', () => {
  /** What M2.1 keeps of 12 elements with seed 42. */
  const KEPT = { 0.3: [0, 3], 0.8: [0, 1, 3, 4, 7, 8, 10, 11] };

  test.each([0.3, 0.8] as const)('dropout() and dropoutInverted() keep with probability %d what M2.1 keeps', (p) => {
    const expected = Array.from({ length: 12 }, (_, i) => Number((KEPT[p] as readonly number[]).includes(i)));
    const x = floats(new Array<number>(12).fill(1));
    Nd4j.getRandom().setSeed(42);
    expect(Array.from(nn.dropout(x, p).toDoubleVector())).toEqual(expected);
    Nd4j.getRandom().setSeed(42);
    expect(Array.from(nn.dropoutInverted(x, p).toFloatVector())).toEqual(
      expected.map((one) => Math.fround(one / Math.fround(p))),
    );
  });

  test('keeps all with probability 1, none with 0, and refuses others', () => {
    const x = floats([1, 2]);
    expect(Array.from(nn.dropout(x, 1).toDoubleVector())).toEqual([1, 2]);
    expect(Array.from(nn.dropoutInverted(x, 0).toDoubleVector())).toEqual([0, 0]);
    expect(() => nn.dropout(x, 1.5)).toThrow('needed is 0 to 1');
  });
});

describe('topK() and pad()', () => {
  test('topK() gives the first of equal elements first, once each', () => {
    const [values, indices] = nn.topK(floats([3, 7, 7, 1]), 3, true) as [INDArray, INDArray];
    expect([Array.from(values.toDoubleVector()), Array.from(indices.toIntVector())]).toEqual([
      [7, 7, 3],
      [1, 2, 0],
    ]);
  });

  test('pad() mirrors corners through both dimensions', () => {
    const x = ints([1, 2, 3, 4], [2, 2]);
    const y = nn.pad(x, ints([1, 1, 1, 0], [2, 2]), 'REFLECT', 0);
    expect(Array.from(y.reshape(12).toIntVector())).toEqual([4, 3, 4, 2, 1, 2, 4, 3, 4, 2, 1, 2]);
  });

  test.each<[string, () => unknown]>([
    ['topK of 0', () => nn.topK(floats([1]), 0)],
    ['topK of a scalar', () => nn.topK(Nd4j.scalar(1), 1)],
    ['a mirror beyond the inside', () => nn.pad(floats([1, 2]), ints([2, 0], [1, 2]), 'REFLECT', 0)],
    ['a negative border', () => nn.pad(floats([1, 2]), ints([-1, 0], [1, 2]), 0)],
    ['an unknown mode', () => nn.pad(floats([1, 2]), ints([1, 0], [1, 2]), 'WRAP' as never, 0)],
    ['shared axes of the examples', () => nn.prelu(floats([1, 2], [1, 2]), floats([1]), 0)],
  ])('refuses %s', (_, call) => {
    expect(call).toThrow(ND4JIllegalArgumentException);
  });

  test.each<[string, () => unknown]>([
    ['padding of another rank', () => nn.pad(floats([1, 2]), ints([1, 0, 1, 0], [2, 2]), 0)],
    ['a bias of another length', () => nn.biasAdd(floats([1, 2], [1, 2]), floats([1]), false)],
    ['a product of sides that do not fit', () => nn.linear(floats([1, 2], [1, 2]), floats([1], [1, 1]), floats([1]))],
    ['weights of another type', () => nn.linear(floats([1], [1, 1]), doubles([1], [1, 1]), floats([1]))],
    ['slopes of another length', () => nn.prelu(floats([1, 2], [1, 2]), floats([1, 2, 3]))],
    [
      'a mask of another shape',
      () => nn.dotProductAttention(random(1, 1, 2, 2), random(1, 1, 2, 2), random(1, 1, 2, 2), random(1, 1, 3), true),
    ],
  ])('refuses %s, naming shapes or types', (_, call) => {
    expect(call).toThrow(ND4JIllegalStateException);
  });
});
