// Backend, environment, devices and the factory, with the answers of ND4J's CPU backend.

import { describe, expect, test } from 'vitest';
import { UnsupportedOperationException } from '../../../src/core/errors.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';
import type { INDArray } from '../../../src/ndarray/ndarray.ts';

test('arrays are never compressed', () => {
  expect(Nd4j.zeros(2).isCompressed()).toBe(false);
});

describe('the affinity manager', () => {
  const manager = Nd4j.getAffinityManager();
  const x = Nd4j.create([
    [1, 2],
    [3, 4],
  ]);

  test('knows one device, number 0, whose arrays are everywhere', () => {
    expect([
      manager.getNumberOfDevices(),
      manager.getDeviceForCurrentThread(),
      manager.getDeviceForThread(3),
      manager.getDeviceForArray(x),
      manager.getActiveLocation(x),
      manager.isCrossDeviceAccessSupported(),
    ]).toEqual([1, 0, 0, 0, 'EVERYWHERE', true]);
  });

  test('ignores wishes about devices', () => {
    manager.ensureLocation(x, 'HOST');
    manager.tagLocation(x, 'DEVICE');
    manager.touch(x.data());
    manager.unsafeSetDevice(4);
    manager.allowCrossDeviceAccess(false);
    expect([manager.getDeviceForCurrentThread(), manager.isCrossDeviceAccessSupported()]).toEqual([0, true]);
  });

  test('replicates by a copy, and null by null', () => {
    const copied = manager.replicateToDevice(5, x);
    expect(copied.equals(x)).toBe(true);
    copied.addi(1);
    expect(x.getDouble(0, 0)).toBe(1);
    expect(manager.replicateToDevice(0, null)).toBe(null);
    expect(() => manager.replicateToDevice(0, 3 as unknown as INDArray)).toThrow('Cannot replicateToDevice 3');
  });
});

describe('the environment', () => {
  const environment = Nd4j.getEnvironment();

  test('says what this backend is', () => {
    expect([
      environment.isCPU(),
      environment.maxThreads(),
      environment.maxMasterThreads(),
      environment.isProfiling(),
      environment.isDetectingLeaks(),
      environment.helpersAllowed(),
      [environment.blasMajorVersion(), environment.blasMinorVersion(), environment.blasPatchVersion()].join('.'),
    ]).toEqual([true, 1, 1, false, false, false, '0.0.0']);
    expect(environment.getDeviceLimit(0)).toBe(Nd4j.backendInfo().maxMemoryBytes);
    const before = environment.getDeviceCouner(0);
    const large = Nd4j.zeros(100_000);
    expect(environment.getDeviceCouner(0) - before).toBeGreaterThanOrEqual(4 * large.length());
    large.close();
  });

  test('keeps verbose and debug, and gives them back', () => {
    environment.setVerbose(true);
    expect([environment.isVerbose(), environment.isDebugAndVerbose()]).toEqual([true, false]);
    environment.setDebug(true);
    expect([environment.isDebugAndVerbose(), Nd4j.getExecutioner().isDebug()]).toEqual([true, true]);
    environment.setVerbose(false);
    environment.setDebug(false);
    expect([environment.isVerbose(), environment.isDebug()]).toEqual([false, false]);
  });

  test('refuses what cannot be, and takes what is so already', () => {
    environment.setMaxThreads(1);
    environment.allowHelpers(false);
    expect(() => environment.setMaxThreads(4)).toThrow('Cannot setMaxThreads(4): this backend has only 1');
    expect(() => environment.setLeaksDetector(true)).toThrow(UnsupportedOperationException);
  });
});

describe('the backend', () => {
  test('is there, runs, and tells its build', () => {
    const backend = Nd4j.getBackend();
    expect([backend.isAvailable(), backend.canRun(), backend.allowsOrder(), backend.getPriority()]).toEqual([
      true,
      true,
      false,
      backend.BACKEND_PRIORITY_CPU,
    ]);
    expect(Nd4j.zeros(1)).toBeInstanceOf(backend.getNDArrayClass());
    expect(backend.getEnvironment()).toBe(Nd4j.getEnvironment());
    expect(backend.buildInfo()).toContain(`Build: ${Nd4j.backendInfo().build}`);
    expect(String(backend)).toBe('ndarena.WasmBackend');
  });
});

describe('the factory', () => {
  test("makes arrays as Nd4j's functions do", () => {
    const factory = Nd4j.getNDArrayFactory();
    expect(Nd4j.factory()).toBe(factory);
    expect([factory.order(), factory.dtype()]).toEqual(['c', 'FLOAT']);
    expect(factory.concat(0, factory.create([1, 2]), factory.ones(1)).toArray()).toEqual([1, 2, 1]);
    expect(factory.toFlattened(factory.create([[1, 2]]), factory.scalar(3)).toArray()).toEqual([1, 2, 3]);
    const target = factory.createUninitialized([2], 'c');
    factory.copy(factory.linspace(1, 2, 2), target);
    expect(target.toArray()).toEqual([1, 2]);
  });
});
