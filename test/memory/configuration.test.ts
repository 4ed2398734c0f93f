import { describe, expect, test } from 'vitest';
import { ND4JIllegalArgumentException } from '../../src/core/errors.ts';
import {
  AllocationPolicy,
  LearningPolicy,
  LocationPolicy,
  MirroringPolicy,
  ResetPolicy,
  SpillPolicy,
  WorkspaceConfiguration,
  type WorkspaceConfigurationOptions,
} from '../../src/memory/configuration.ts';

describe('WorkspaceConfiguration', () => {
  test('has the defaults of ND4J, and prints like it', () => {
    expect(String(new WorkspaceConfiguration())).toBe(
      'WorkspaceConfiguration(policyAllocation=OVERALLOCATE, policySpill=EXTERNAL, policyMirroring=FULL, policyLearning=FIRST_LOOP, policyReset=BLOCK_LEFT, policyLocation=RAM, tempFilePath=null, initialSize=0, minSize=0, maxSize=0, cyclesBeforeInitialization=0, overallocationLimit=0.3, stepsNumber=2)',
    );
  });

  test('from the builder equals the one from a plain object', () => {
    const built = WorkspaceConfiguration.builder()
      .policyAllocation(AllocationPolicy.STRICT)
      .policySpill(SpillPolicy.FAIL)
      .policyMirroring(MirroringPolicy.HOST_ONLY)
      .policyLearning(LearningPolicy.OVER_TIME)
      .policyReset(ResetPolicy.ENDOFBUFFER_REACHED)
      .policyLocation(LocationPolicy.RAM)
      .tempFilePath(null)
      .initialSize(100)
      .minSize(10)
      .maxSize(1000)
      .cyclesBeforeInitialization(3)
      .overallocationLimit(1.5)
      .stepsNumber(4)
      .build();
    const plain = new WorkspaceConfiguration({
      policyAllocation: 'STRICT',
      policySpill: 'FAIL',
      policyMirroring: 'HOST_ONLY',
      policyLearning: 'OVER_TIME',
      policyReset: 'ENDOFBUFFER_REACHED',
      initialSize: 100,
      minSize: 10,
      maxSize: 1000,
      cyclesBeforeInitialization: 3,
      overallocationLimit: 1.5,
      stepsNumber: 4,
    });
    expect(built.equals(plain)).toBe(true);
    expect(built.equals(new WorkspaceConfiguration())).toBe(false);
    expect(plain.toBuilder().minSize(11).build().minSize).toBe(11);
    expect(WorkspaceConfiguration.of(plain)).toBe(plain);
  });

  const wrongNumbers: [WorkspaceConfigurationOptions, string][] = [
    [{ initialSize: -1 }, 'initialSize -1'],
    [{ initialSize: Number.NaN }, 'initialSize NaN'],
    [{ initialSize: 1.5 }, 'initialSize 1.5'],
    [{ initialSize: 2 ** 33 }, 'initialSize 8589934592'],
    [{ initialSize: '10mb' as unknown as number }, 'initialSize "10mb"'],
    [{ minSize: -5 }, 'minSize -5'],
    [{ minSize: 2 ** 40 }, 'minSize 1099511627776'],
    [{ maxSize: Number.POSITIVE_INFINITY }, 'maxSize Infinity'],
    [{ maxSize: null as unknown as number }, 'maxSize null'],
    [{ cyclesBeforeInitialization: -2 }, 'cyclesBeforeInitialization -2'],
    [{ cyclesBeforeInitialization: 0.5 }, 'cyclesBeforeInitialization 0.5'],
    [{ overallocationLimit: Number.NaN }, 'overallocationLimit NaN'],
    [{ overallocationLimit: -0.1 }, 'overallocationLimit -0.1'],
    [{ overallocationLimit: 1e9 }, 'overallocationLimit 1000000000'],
    [{ stepsNumber: -1 }, 'stepsNumber -1'],
  ];
  test.each(wrongNumbers)('refuses %j and says what is allowed', (options, culprit) => {
    expect(() => new WorkspaceConfiguration(options)).toThrow(ND4JIllegalArgumentException);
    expect(() => new WorkspaceConfiguration(options)).toThrow(
      `Invalid ${culprit} of a WorkspaceConfiguration: needed is`,
    );
  });

  const wrongNames: [object, string][] = [
    [
      { policySpill: 'SPILL' },
      'Invalid policySpill "SPILL" of a WorkspaceConfiguration: needed is EXTERNAL or REALLOCATE or FAIL',
    ],
    [{ policyReset: 'constructor' }, 'Invalid policyReset "constructor"'],
    [{ policyLearning: 3 }, 'Invalid policyLearning 3'],
    [{ policyAllocation: null }, 'Invalid policyAllocation null'],
    [{ inittialSize: 3 }, 'Unknown field "inittialSize" of a WorkspaceConfiguration: known are policyAllocation'],
    [{ tempFilePath: 3 }, 'Invalid tempFilePath 3'],
    [{ tempFilePath: '' }, 'Invalid tempFilePath ""'],
  ];
  test.each(wrongNames)('refuses %j and says what is allowed', (options, message) => {
    expect(() => new WorkspaceConfiguration(options)).toThrow(TypeError);
    expect(() => new WorkspaceConfiguration(options)).toThrow(message);
  });

  test('a builder refuses a wrong value where it is set', () => {
    expect(() => WorkspaceConfiguration.builder().initialSize(-1)).toThrow('Invalid initialSize -1');
  });
});
