// The executioner: it runs what has an execute() of its own.

import { afterEach, describe, expect, test, vi } from 'vitest';
import type { CustomOp, Op } from '../../../src/ndarray/execution/executioner.ts';
import { ProfilingMode } from '../../../src/ndarray/execution/profiler.ts';
import { ProfilerConfig } from '../../../src/ndarray/execution/profilerConfig.ts';
import { Nd4j } from '../../../src/ndarray/nd4j.ts';

const executioner = Nd4j.getExecutioner();
afterEach(() => executioner.setProfilingMode('SCOPE_PANIC'));

const x = Nd4j.create([1, Number.NaN, Number.NaN, Infinity]);
const one: Op = { opName: () => 'one', execute: () => x };
const list: CustomOp = { opName: () => 'list', execute: () => [x, x] };

describe('exec', () => {
  test('gives one array of an Op and a list of a CustomOp, and remembers the name', () => {
    expect(Nd4j.exec(one)).toBe(x);
    expect(Nd4j.exec(list)).toEqual([x, x]);
    expect(executioner.getLastOp()).toBe('list');
    expect(executioner.execAndReturn(one)).toBe(one);
    executioner.commit();
    executioner.push();
    expect(executioner.type()).toBe('NATIVE_CPU');
  });

  test('refuses what is no operation', () => {
    expect(() => Nd4j.exec(3 as unknown as Op)).toThrow('Cannot exec 3: needed is an operation of ndarena/ops');
    expect(() => Nd4j.exec(null as unknown as Op)).toThrow('Cannot exec null');
  });

  test('looks at results when asked to', () => {
    executioner.setProfilingMode('NAN_PANIC');
    expect(() => Nd4j.exec(one)).toThrow('P.A.N.I.C.! Op.Z() contains 2 NaN value(s)');
    executioner.setProfilingMode('INF_PANIC');
    expect(() => Nd4j.exec(list)).toThrow('P.A.N.I.C.! Op.Z() contains 1 Inf value(s)');
  });
});

describe('settings', () => {
  test('the mode is SCOPE_PANIC unless set, and all of ND4J’s modes are known', () => {
    expect(executioner.getProfilingMode()).toBe('SCOPE_PANIC');
    for (const mode of Object.values(ProfilingMode)) {
      executioner.setProfilingMode(mode);
      expect(executioner.getProfilingMode()).toBe(mode);
    }
    expect(() => executioner.setProfilingMode('PANIC' as 'ALL')).toThrow('Cannot setProfilingMode "PANIC"');
  });

  test('a configuration decides what is looked at, and leaves the mode', () => {
    executioner.setProfilingConfig(ProfilerConfig.builder().checkForINF(true).build());
    expect(executioner.getProfilingMode()).toBe('SCOPE_PANIC');
    expect(() => Nd4j.exec(one)).toThrow('contains 1 Inf value(s)');
    expect(() => executioner.setProfilingConfig(ProfilerConfig.builder() as never)).toThrow(
      'Cannot setProfilingConfig',
    );
    expect(ProfilerConfig.builder().build().checkWorkspaces).toBe(true);
  });

  test('verbose and debug are kept', () => {
    executioner.enableVerboseMode(true);
    executioner.enableDebugMode(true);
    expect([executioner.isVerbose(), Nd4j.getEnvironment().isDebug()]).toEqual([true, true]);
    executioner.enableVerboseMode(false);
    executioner.enableDebugMode(false);
    expect([executioner.isVerbose(), executioner.isDebug()]).toEqual([false, false]);
  });

  test('information about the environment is printed line by line', () => {
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    executioner.printEnvironmentInformation();
    log.mockRestore();
    expect(lines).toContain('backend: CPU');
    expect(executioner.getEnvironmentInformation()['memory.available']).toBe(Nd4j.backendInfo().maxMemoryBytes);
  });
});
