// Settings and services.

import { afterEach, describe, expect, test } from 'vitest';
import { Nd4j } from '../../src/ndarray/nd4j.ts';

afterEach(() => Nd4j.setDefaultDataTypes('FLOAT', 'FLOAT'));

describe('the default types', () => {
  test('decide what factories make', () => {
    Nd4j.setDefaultDataTypes('INT', 'DOUBLE');
    expect([Nd4j.dataType(), Nd4j.defaultFloatingPointType()]).toEqual(['INT', 'DOUBLE']);
    expect(Nd4j.zeros(2).dataType()).toBe('INT');
    expect(Nd4j.linspace(0, 1, 2).dataType()).toBe('DOUBLE');
    Nd4j.setDataType('DOUBLE');
    expect(Nd4j.ones(1).dataType()).toBe('DOUBLE');
  });

  test('refuse unknown names and integers where the type must be floating, and stay', () => {
    expect(() => Nd4j.setDefaultDataTypes('INT', 'INT')).toThrow('Invalid default floating point type "INT"');
    expect(() => Nd4j.setDefaultDataTypes('X' as 'INT', 'FLOAT')).toThrow('Unknown data type "X"');
    expect(Nd4j.dataType()).toBe('FLOAT');
  });

  test('know their sizes', () => {
    expect([Nd4j.sizeOfDataType(), Nd4j.sizeOfDataType('LONG'), Nd4j.sizeOfDataType('BOOL')]).toEqual([4, 8, 1]);
    expect(Nd4j.order()).toBe('c');
    expect(Nd4j.EPS_THRESHOLD).toBe(1e-5);
  });
});

describe('backendInfo() and init()', () => {
  test('say which build runs, and refuse to start it twice', () => {
    Nd4j.zeros(1);
    const info = Nd4j.backendInfo();
    expect(['simd', 'relaxed']).toContain(info.build);
    expect(info.reason).not.toBe('');
    expect(info.memoryBytes).toBeGreaterThan(0);
    expect(() => Nd4j.init({ deterministic: true })).toThrow('Cannot init: the runtime has started already');
  });
});

describe('the managers', () => {
  test('are those of the realm', () => {
    expect(Nd4j.getWorkspaceManager()).toBe(Nd4j.getWorkspaceManager());
    expect(Nd4j.getMemoryManager().allocatedMemory()).toBeGreaterThanOrEqual(0);
  });
});
