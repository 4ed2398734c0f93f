// Custom operations by name: builders, outputs, calls in place, errors. Recorded results: test/golden/customOps.test.ts.

import { describe, expect, test } from 'vitest';
import { ND4JIllegalArgumentException, ND4JIllegalStateException } from '../../../src/core/errors.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { DynamicCustomOp } from '../../../src/operations.ts';

const doubles = (...values: number[]): INDArray => Nd4j.createFromArray(Float64Array.from(values));
const numbers = (x: INDArray): number[] => [...x.dup().reshape(x.length()).toDoubleVector()];

describe('outputs', () => {
  test('are written by the constructor’s and the builder’s way', () => {
    const [x, z] = [doubles(1, 2), doubles(0, 0)];
    expect(Nd4j.exec(new DynamicCustomOp('add', [x, x], [z], [], []))).toEqual([z]);
    expect(numbers(z)).toEqual([2, 4]);
    Nd4j.exec(DynamicCustomOp.builder('multiply').addInputs(x, z).addOutputs(z).build());
    expect(numbers(z)).toEqual([2, 8]);
    expect(Nd4j.exec(new DynamicCustomOp('tanh', x, z))[0]).toBe(z);
  });

  test('of another shape or type are refused before anything is written', () => {
    const x = doubles(1, 2);
    const [good, short, float] = [doubles(0, 0), doubles(0), Nd4j.zeros('FLOAT', 2)];
    const run = (...outputs: INDArray[]): unknown =>
      Nd4j.exec(
        DynamicCustomOp.builder('unstack')
          .addInputs(Nd4j.vstack(x, x))
          .addOutputs(...outputs)
          .build(),
      );
    expect(() => run(good, short)).toThrow('Cannot unstack into an array of shape [1]: the result has shape [2]');
    expect(() => run(good, float)).toThrow('Cannot unstack into an array of type FLOAT: the result has type DOUBLE');
    expect(() => run(good, good, good)).toThrow('Cannot execute unstack into 3 outputs: it has 2');
    expect(numbers(good)).toEqual([0, 0]);
    run(good);
    expect(numbers(good)).toEqual([1, 2]);
  });

  test('refusals leak nothing', () => {
    const x = Nd4j.rand('DOUBLE', 1000, 10);
    const wrong = doubles(0);
    Nd4j.exec(new DynamicCustomOp('softmax', x, x)); // keeps scratch memory from now on
    const before = Nd4j.getMemoryManager().allocatedMemory();
    expect(() => Nd4j.exec(new DynamicCustomOp('softmax', x, wrong))).toThrow(ND4JIllegalStateException);
    expect(Nd4j.getMemoryManager().allocatedMemory()).toBe(before);
    Nd4j.exec(new DynamicCustomOp('softmax', x, x));
    expect(Nd4j.getMemoryManager().allocatedMemory()).toBe(before);
  });

  test('in place, the first input is the first output', () => {
    const y = doubles(-1, 2);
    const op = DynamicCustomOp.builder('tanh').addInputs(y).callInplace(true).build();
    expect([op.isInplaceCall(), Nd4j.exec(op)[0] === y]).toEqual([true, true]);
    expect(y.getDouble(0)).toBeCloseTo(Math.tanh(-1), 15);
    const x = Nd4j.arange(0, 12, 1, 'DOUBLE').reshape(4, 3);
    const u = doubles(10, 20, 30, 40, 50, 60).reshape(2, 3);
    const scatter = DynamicCustomOp.builder('scatter_update').addInputs(x, u).addIntegerArguments(0, 1, 1, 2, 0, 3);
    const [copied] = Nd4j.exec(scatter.build()) as [INDArray];
    expect(numbers(copied)).toEqual([10, 21, 32, 3, 4, 5, 6, 7, 8, 49, 60, 71]);
    expect(x.getDouble(0, 0)).toBe(0);
    expect(Nd4j.exec(scatter.callInplace(true).build())[0]).toBe(x);
    expect(x.equals(copied)).toBe(true);
  });
});

describe('where 1.0.0-M2.1 is wrong', () => {
  test('gather counts negative places from the end', () => {
    const op = new DynamicCustomOp(
      'gather',
      [doubles(1, 2, 3), Nd4j.createFromArray(new Int32Array([-1, 0]))],
      null,
      [],
      [0],
    );
    expect(numbers(Nd4j.exec(op)[0] as INDArray)).toEqual([3, 1]);
  });

  test('relu_bp is the slope of relu, cutoff and all', () => {
    const op = new DynamicCustomOp('relu_bp', [doubles(-1, 0.25, 2), doubles(5, 6, 7)], null, [0.5]);
    expect(numbers(Nd4j.exec(op)[0] as INDArray)).toEqual([0, 0, 7]);
  });

  test('relu needs no cutoff, col2im no mode', () => {
    expect(numbers(Nd4j.exec(new DynamicCustomOp('relu', doubles(-1, 2)))[0] as INDArray)).toEqual([0, 2]);
    const patches = Nd4j.ones('DOUBLE', 1, 1, 2, 2, 2, 2);
    const op = new DynamicCustomOp('col2im', patches, null, [], [1, 1, 0, 0, 3, 3, 1, 1]);
    expect(numbers(Nd4j.exec(op)[0] as INDArray)).toEqual([1, 2, 1, 2, 4, 2, 1, 2, 1]);
  });
});

describe('the builder', () => {
  test('appends what comes in several calls', () => {
    const op = DynamicCustomOp.builder('concat')
      .addInputs(doubles(1))
      .addInputs(doubles(2), doubles(3))
      .addIntegerArguments([0])
      .build();
    expect([op.numInputArguments(), op.iArgs(), op.tArgs(), op.bArgs()]).toEqual([3, [0], [], []]);
    expect(numbers(Nd4j.exec(op)[0] as INDArray)).toEqual([1, 2, 3]);
  });

  test('and the operation take arguments of their kind only', () => {
    const op = DynamicCustomOp.builder('reduce_sum').addInputs(doubles(1, 2).reshape(1, 2)).build();
    op.addIArgument(1);
    op.addBArgument(true);
    op.addTArgument(0);
    expect(Nd4j.exec(op)[0]?.shape()).toEqual([1, 1]);
    expect(() => DynamicCustomOp.builder('add').addIntegerArguments(0.5)).toThrow('Cannot addIntegerArguments 0.5');
    expect(() => DynamicCustomOp.builder('add').addFloatingPointArguments('1' as never)).toThrow('needed are numbers');
  });
});

describe('errors', () => {
  test('an unknown name is answered with the nearest known ones', () => {
    expect(() => DynamicCustomOp.builder('conv2')).toThrow(
      'Unknown custom operation "conv2": the nearest known ones are conv2d, conv1d,',
    );
    expect(() => new DynamicCustomOp('toString', [])).toThrow(ND4JIllegalArgumentException);
  });

  test('counts of inputs and integers are told with their names', () => {
    const x = Nd4j.rand('DOUBLE', 1, 2, 4, 4);
    expect(() => Nd4j.exec(new DynamicCustomOp('conv2d', x, null, [], [2, 2]))).toThrow(
      'Cannot execute conv2d with 1 inputs: needed are (input, weights, [bias])',
    );
    expect(() => Nd4j.exec(new DynamicCustomOp('maxpool2d', x, null, [], [2, 2]))).toThrow(
      'Cannot execute maxpool2d with 2 integer arguments: needed are (kH, kW, sH, sW, pH, pW, dH, dW, same, [extra], [nhwc])',
    );
    expect(() => Nd4j.exec(new DynamicCustomOp('maxpool2d', x, null, [], [2, 2, 1, 1, 0, 0, 1, 1, 3]))).toThrow(
      'Cannot execute maxpool2d with same 3: needed is a whole number from 0 to 1',
    );
    const weights = Nd4j.rand('DOUBLE', 2, 2, 2, 2);
    expect(() =>
      Nd4j.exec(new DynamicCustomOp('deconv2d', [x, weights], null, [], [2, 2, 1, 1, 0, 0, 1, 1, 0, 0, 1])),
    ).toThrow('Cannot execute deconv2d with weights format 1: needed is 0');
    expect(() => Nd4j.exec(new DynamicCustomOp('batchnorm', [x, x, x], null, [], [1, 1, 1]))).toThrow(
      'needed are 5 inputs',
    );
    expect(() => Nd4j.exec(new DynamicCustomOp('split', x, null, [], [3, 1]))).toThrow('into 3 parts');
    expect(() => Nd4j.exec(new DynamicCustomOp('scatter_update', [x, x], null, [], [9]))).toThrow('6: ADD, SUBTRACT');
  });
});
