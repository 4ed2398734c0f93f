// The references are what everything is checked against: here they are checked against each other.

import { describe, expect, test } from 'vitest';
import type { Vector } from '../tasks/inputs.ts';
import { type Inputs, TASKS, type TaskName, type Tasks } from '../tasks/tasks.ts';

function valuesOf<T extends TaskName>(name: T, parameters: Tasks[T], inputs: Inputs): number[] {
  const { length, at } = TASKS[name].reference(parameters, inputs);
  return Array.from({ length }, (_, index) => at(index));
}
const inputsOf = <T extends TaskName>(name: T, parameters: Tasks[T]): Inputs => TASKS[name].inputs(parameters);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * (b[i] as number), 0);

/** d⟨forward, g⟩ / d operand by central differences. */
function differences<T extends TaskName>(name: T, parameters: Tasks[T], inputs: Inputs, operand: string): number[] {
  const step = 1 / 1024;
  const moved = (index: number, by: number): number => {
    const values = Float64Array.from(inputs[operand] as Vector);
    values[index] = (values[index] as number) + by;
    return dot(valuesOf(name, parameters, { ...inputs, [operand]: values }), inputs.g as Vector);
  };
  return Array.from(inputs[operand] as Vector, (_, i) => (moved(i, step) - moved(i, -step)) / (2 * step));
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(found.length).toBe(expected.length);
  const worst = Math.max(...found.map((value, i) => Math.abs(value - (expected[i] as number))));
  expect(worst).toBeLessThan(tolerance);
}

describe('convolution', () => {
  const sizes = { batch: 2, channels: 2, size: 7, filters: 3, kernel: 3, stride: 2, padding: 1, dilation: 2 } as const;

  test('a kernel of one element scales its channel', () => {
    const parameters = {
      ...sizes,
      pass: 'forward',
      channels: 1,
      filters: 1,
      kernel: 1,
      stride: 1,
      padding: 0,
      dilation: 1,
    } as const;
    const inputs = inputsOf('convolution', parameters);
    const factor = inputs.w?.[0] as number;
    expectClose(
      valuesOf('convolution', parameters, inputs),
      Array.from(inputs.x as Vector, (x) => x * factor),
      1e-12,
    );
  });

  test('both gradients are those of the forward pass', () => {
    const parameters = { ...sizes, pass: 'backward' } as const;
    const inputs = inputsOf('convolution', parameters);
    const forward = { ...sizes, pass: 'forward' } as const;
    const expected = ['x', 'w'].flatMap((operand) => differences('convolution', forward, inputs, operand));
    expectClose(valuesOf('convolution', parameters, inputs), expected, 1e-8);
    const alone = (['backwardInput', 'backwardWeights'] as const).flatMap((pass) =>
      valuesOf('convolution', { ...sizes, pass }, inputs),
    );
    expectClose(alone, expected, 1e-8);
  });
});

test('the gradient of an LSTM layer is that of its forward pass', () => {
  const sizes = { time: 3, batch: 2, features: 3, units: 2 } as const;
  const inputs = inputsOf('lstm', { ...sizes, pass: 'backward' });
  const expected = differences('lstm', { ...sizes, pass: 'forward' }, inputs, 'x');
  expectClose(valuesOf('lstm', { ...sizes, pass: 'backward' }, inputs), expected, 1e-5);
});

test.each(['max', 'average'] as const)('the gradient of %s pooling is that of its forward pass', (kind) => {
  const sizes = { kind, batch: 1, channels: 2, size: 4, window: 2 } as const;
  const inputs = inputsOf('pooling', { ...sizes, pass: 'backward' });
  const expected = differences('pooling', { ...sizes, pass: 'forward' }, inputs, 'x');
  expectClose(valuesOf('pooling', { ...sizes, pass: 'backward' }, inputs), expected, 1e-6);
});

describe('batch normalization', () => {
  const sizes = { batch: 3, channels: 2, plane: 4 } as const;
  const inputs = inputsOf('batchNorm', { ...sizes, pass: 'backward' });

  test('gives each channel the mean beta and the deviation gamma', () => {
    const found = valuesOf('batchNorm', { ...sizes, pass: 'forward' }, inputs);
    const channel = found.filter((_, i) => Math.floor(i / sizes.plane) % sizes.channels === 1);
    const mean = channel.reduce((sum, value) => sum + value, 0) / channel.length;
    const variance = channel.reduce((sum, value) => sum + (value - mean) ** 2, 0) / channel.length;
    expect(mean).toBeCloseTo(inputs.beta?.[1] as number, 5);
    expect(Math.sqrt(variance)).toBeCloseTo(inputs.gamma?.[1] as number, 3);
  });

  test('sends back nothing along a constant and along itself', () => {
    const gradient = valuesOf('batchNorm', { ...sizes, pass: 'backward' }, inputs);
    const channel = (values: ArrayLike<number>): number[] =>
      Array.from(values).filter((_, i) => Math.floor(i / sizes.plane) % sizes.channels === 0);
    expect(channel(gradient).reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 5);
    expect(dot(channel(gradient), channel(inputs.x as Vector))).toBeCloseTo(0, 4);
  });
});

test('matrix products are the same whichever way the operands lie', () => {
  const sizes = { m: 3, k: 4, n: 2 };
  const turned = (values: Vector, rows: number, columns: number): Float32Array =>
    Float32Array.from(
      { length: values.length },
      (_, i) => values[(i % rows) * columns + Math.floor(i / rows)] as number,
    );
  const { a, b } = inputsOf('matmul', sizes) as { a: Vector; b: Vector };
  const expected = valuesOf('matmul', sizes, { a, b });
  const both = { ...sizes, transposeA: true, transposeB: true };
  expectClose(valuesOf('matmul', both, { a: turned(a, 3, 4), b: turned(b, 4, 2) }), expected, 1e-12);
});

test('binary operations broadcast dimensions of size 1', () => {
  const inputs: Inputs = { x: Float32Array.of(1, 2), y: Float32Array.of(10, 20, 30) };
  const found = valuesOf('binary', { operation: 'add', left: [2, 1], right: [1, 3] }, inputs);
  expect(found).toEqual([11, 21, 31, 12, 22, 32]);
});

test('permute puts dimension order[d] of the operand at d', () => {
  const x = Float32Array.of(1, 2, 3, 4, 5, 6);
  expect(valuesOf('permute', { shape: [2, 3], order: [1, 0] }, { x })).toEqual([1, 4, 2, 5, 3, 6]);
});

test('softmax gives rows that sum to 1', () => {
  const parameters = { rows: 2, columns: 5 };
  const found = valuesOf('softmax', parameters, inputsOf('softmax', parameters));
  expect(found.slice(0, 5).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  expect(found.slice(5).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
});

test('reductions group rows by dimension 1 and columns by dimension 0', () => {
  const inputs: Inputs = { x: Float32Array.of(1, 5, 3, 7, 2, 6) };
  const of = (reduction: 'sum' | 'argMax' | 'variance', dimension?: 0 | 1): number[] =>
    valuesOf('reduce', { reduction, rows: 2, columns: 3, ...(dimension !== undefined && { dimension }) }, inputs);
  expect([of('sum'), of('sum', 1), of('sum', 0)]).toEqual([[24], [9, 15], [8, 7, 9]]);
  expect([of('argMax'), of('argMax', 1), of('argMax', 0)]).toEqual([[3], [1, 0], [1, 0, 1]]);
  expect(of('variance', 0)).toEqual([9, 2.25, 2.25]);
});

test('the losses of the MLP fall from step to step', () => {
  const parameters = { operation: 'fit', batch: 4 } as const;
  const found = valuesOf('mlp', parameters, inputsOf('mlp', parameters));
  expect(found).toEqual([...found].sort((a, b) => b - a));
});
