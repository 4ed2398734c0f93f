// NaN and Inf panic: results are looked at whichever way they were computed, and not at all unless asked for.

import { afterEach, describe, expect, test } from 'vitest';
import { ND4JOpProfilerException } from '../../../src/core/errors.ts';
import { Broadcast } from '../../../src/ndarray/broadcast.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';
import { Transforms } from '../../../src/ndarray/transforms.ts';
import { MulOp } from '../../../src/operations.ts';
import { networkOf } from '../../support/networks.ts';

const executioner = Nd4j.getExecutioner();
afterEach(() => executioner.setProfilingMode('SCOPE_PANIC'));

const NAN = Number.NaN;
const withNaN = (): INDArray => Nd4j.create([1, NAN, NAN, 4]);
const withInfinity = (): INDArray => Nd4j.create([1, 2, Infinity, -Infinity]);
const nan = (count: number): string => `P.A.N.I.C.! Op.Z() contains ${count} NaN value(s)`;
const infinite = (count: number): string => `P.A.N.I.C.! Op.Z() contains ${count} Inf value(s)`;

describe('OP-05', () => {
  test('NAN_PANIC, ANY_PANIC and INF_PANIC refuse bad values in results', () => {
    executioner.setProfilingMode('NAN_PANIC');
    expect(() => withNaN().muli(3)).toThrow(ND4JOpProfilerException);
    executioner.setProfilingMode('ANY_PANIC');
    expect(() => withInfinity().muli(3)).toThrow(infinite(2));
    expect(() => withNaN().muli(3)).toThrow(nan(2));
    executioner.setProfilingMode('INF_PANIC');
    expect(() => withInfinity().muli(3)).toThrow(infinite(2));
    withNaN().muli(3);
    executioner.setProfilingMode('NAN_PANIC');
    withInfinity().muli(3);
  });

  test.each(['DISABLED', 'OPERATIONS', 'METHODS', 'ALL', 'SCOPE_PANIC', 'BANDWIDTH'] as const)(
    '%s lets them pass, and keeps the check of leaked memory',
    (mode) => {
      executioner.setProfilingMode(mode);
      expect(withNaN().muli(3).getDouble(1)).toBeNaN();
      const workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace('panic');
      const x = Nd4j.zeros(2);
      workspace.close();
      expect(() => x.add(1)).toThrow('uses leaked workspace pointer');
      Nd4j.getWorkspaceManager().destroyWorkspace(workspace);
    },
  );
});

describe('NAN_PANIC', () => {
  const x = withNaN();
  const m = x.reshape(2, 2);
  const one = Nd4j.ones(4);
  test.each<[string, number, () => unknown]>([
    ['add of arrays', 2, () => x.add(one)],
    ['add into a result', 2, () => x.add(one, Nd4j.zeros(4))],
    ['add of a broadcast', 2, () => m.add(Nd4j.ones(2))],
    ['addi', 2, () => x.dup().addi(one)],
    ['add of a number', 2, () => x.add(1)],
    ['addRowVector', 2, () => m.addRowVector(Nd4j.ones(2))],
    ['Broadcast.add', 2, () => Broadcast.add(m, Nd4j.ones(2), Nd4j.zeros(2, 2), 1)],
    ['exp', 2, () => Transforms.exp(x)],
    ['exp in place', 2, () => Transforms.exp(x.dup(), false)],
    ['softmax', 4, () => Transforms.softmax(x)],
    ['sigmoidDerivative', 2, () => Transforms.sigmoidDerivative(x)],
    ['neg', 2, () => x.neg()],
    ['mmul', 4, () => m.mmul(m)],
    ['mmul with a vector', 2, () => m.mmul(Nd4j.ones(2))],
    ['gemm', 4, () => Nd4j.gemm(m, m, Nd4j.zeros(2, 2), false, false, 1, 0)],
    ['batched matmul', 4, () => Nd4j.matmul(m.reshape(1, 2, 2), m.reshape(1, 2, 2))],
    ['mean', 2, () => m.mean(0, 0).add(m.mean(1))],
    ['std', 2, () => m.std(0)],
    ['a function of a namespace', 4, () => Nd4j.nn().softmax(x, 0)],
    ['one with several results', 2, () => Nd4j.math().addBp(x, one, x)],
    ['an operation', 2, () => Nd4j.exec(new MulOp(x, one))],
    ['HALF', 2, () => x.castTo('HALF').add(1)],
  ])('looks at %s', (_, count, run) => {
    run();
    executioner.setProfilingMode('NAN_PANIC');
    expect(run).toThrow(nan(count));
  });

  test('does not look at numbers, comparisons and integers', () => {
    executioner.setProfilingMode('ANY_PANIC');
    expect(x.sumNumber()).toBeNaN();
    expect(x.gt(0).dataType()).toBe('BOOL');
    expect(x.isNaN().castTo('INT').add(1).sumNumber()).toBe(6);
  });

  test('names the operation, and releases a new result', () => {
    const large = Nd4j.ones(10_000).divi(0).muli(0);
    executioner.setProfilingMode('NAN_PANIC');
    const before = Nd4j.getMemoryManager().allocatedMemory();
    expect(() => large.add(1)).toThrow('Op [add], result of shape [10000], FLOAT');
    expect(Nd4j.getMemoryManager().allocatedMemory()).toBe(before);
  });
});

describe('networks', () => {
  test('name the layer whose activations or gradients have NaN, and leave no scope open', () => {
    const network = networkOf('ENABLED');
    const features = Nd4j.rand(5, 4);
    network.params().putScalar(4 * 8 + 8, NAN);
    expect(network.output(features).sumNumber()).toBeNaN();
    executioner.setProfilingMode('NAN_PANIC');
    expect(() => network.output(features)).toThrow('Op [Output of layer (inference) layer1]');
    expect(Nd4j.getWorkspaceManager().anyWorkspaceActiveForCurrentThread()).toBe(false);
    expect(() => network.fit(features, Nd4j.zeros(5, 3).addi(1 / 3))).toThrow(
      'Op [Feed forward to layer (training) layer1]',
    );
  });
});
