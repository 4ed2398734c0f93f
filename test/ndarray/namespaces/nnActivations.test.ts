// NDNN's activations: edges, gradients and refusals. Their values are in the golden files.

import { describe, expect, test } from 'vitest';
import { ND4JIllegalStateException } from '../../../src/core/errors.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import { doubles, floats, ints } from '../../support/arrays.ts';

const nn = Nd4j.nn();

describe('activations', () => {
  test('leave their argument alone and give a new array', () => {
    const x = floats([-1, 2]);
    expect(nn.elu(x)).not.toBe(x);
    expect(x.toDoubleVector()).toEqual(new Float64Array([-1, 2]));
  });

  test('relu() keeps integers integers and takes any cutoff', () => {
    const y = nn.relu(ints([-3, 0, 5]), 1);
    expect([y.dataType(), ...y.toIntVector()]).toEqual(['INT', 1, 1, 5]);
  });

  test('cReLU() puts relu(−x) behind relu(x) in the last dimension', () => {
    const y = nn.cReLU(floats([1, -2, -3, 4], [2, 2]));
    expect(y.toDoubleMatrix().map((row) => Array.from(row))).toEqual([
      [1, 0, 0, 2],
      [0, 4, 3, 0],
    ]);
  });

  test('softmax() of a scalar is 1', () => {
    expect(nn.softmax(Nd4j.scalar(3)).getDouble(0)).toBe(1);
  });

  test.each([
    ['elu', () => nn.elu(ints([1]))],
    ['sigmoid', () => nn.sigmoid(ints([1]))],
    ['relu', () => nn.relu(Nd4j.create([true, false]), 0)],
    ['cReLU of a scalar', () => nn.cReLU(Nd4j.scalar(1))],
    ['sigmoidDerivative of two shapes', () => nn.sigmoidDerivative(floats([1, 2]), floats([1]))],
    ['sigmoidDerivative of two types', () => nn.sigmoidDerivative(floats([1]), doubles([1]))],
    ['a closed array', () => closed((x) => nn.tanh(x))],
  ])('refuses %s', (_, call) => {
    expect(call).toThrow(ND4JIllegalStateException);
  });

  test('names what is no array, and numbers that are none', () => {
    expect(() => nn.elu(3 as never)).toThrow('Cannot elu with x 3: needed is an INDArray');
    expect(() => nn.leakyRelu(floats([1]), Number.NaN)).toThrow(RangeError);
    expect(() => nn.softmax(floats([1]), 1)).toThrow(RangeError);
  });
});

function closed(call: (x: ReturnType<typeof floats>) => unknown): unknown {
  const x = floats([1]);
  x.close();
  return call(x);
}
