// DL4J's answers about its memory manager and its settings, and the bytes that its operations take from the current workspace.

import { afterAll, describe, expect, test } from 'vitest';
import { WorkspaceConfiguration } from '../../src/memory/configuration.ts';
import { MemoryManager } from '../../src/memory/memoryManager.ts';
import { MemoryWorkspaceManager, workspaceManager } from '../../src/memory/workspaceManager.ts';
import { BooleanIndexing } from '../../src/ndarray/booleanIndexing.ts';
import { Conditions } from '../../src/ndarray/conditions.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import { NDArrayIndex } from '../../src/ndarray/ndArrayIndex.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { Transforms } from '../../src/ndarray/transforms.ts';
import { goldenFiles } from '../support/golden.ts';
import { zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { differenceOf } from './differences.ts';

interface Question {
  what: string;
  result?: unknown;
  throws?: { message: string };
}
interface Scratch {
  op: string;
  bytes?: number;
}
const files = goldenFiles('memory').map(
  (file) => [file.name, file.read() as { kind: string; cases?: unknown[] }] as const,
);
afterAll(() => {
  new MemoryManager().setAutoGcWindow(100);
  new MemoryManager().togglePeriodicGc(false);
  resetMemory();
});

const manager = new MemoryManager();
const answers: Record<string, () => unknown> = {
  getAutoGcWindow: () => manager.getAutoGcWindow(),
  isPeriodicGcActive: () => manager.isPeriodicGcActive(),
  getOccasionalGcFrequency: () => manager.getOccasionalGcFrequency(),
  getAverageLoopTime: () => manager.getAverageLoopTime(),
  'setAutoGcWindow(5000)': () => {
    manager.setAutoGcWindow(5000);
    return manager.getAutoGcWindow();
  },
  'togglePeriodicGc(false)': () => {
    manager.togglePeriodicGc(false);
    return manager.isPeriodicGcActive();
  },
  'togglePeriodicGc(true)': () => {
    manager.togglePeriodicGc(true);
    return manager.isPeriodicGcActive();
  },
  'setOccasionalGcFrequency(7)': () => {
    manager.setOccasionalGcFrequency(7);
    return manager.getOccasionalGcFrequency();
  },
  collect: () => manager.collect(),
  notifyScopeEntered: () => {
    manager.notifyScopeEntered();
    return 'ok';
  },
  getBandwidthUse: () => String(manager.getBandwidthUse()),
  'toggleAveraging(true), getAverageLoopTime': () => {
    manager.toggleAveraging(true);
    return manager.getAverageLoopTime();
  },
  'default workspace configuration': () =>
    fields(new MemoryWorkspaceManager().createNewWorkspace().getWorkspaceConfiguration()),
  'WorkspaceConfiguration.builder().build()': () => fields(WorkspaceConfiguration.builder().build()),
  'WorkspaceConfiguration toString': () => String(new WorkspaceConfiguration()),
  'getId of default': () => workspaceManager.getWorkspaceForCurrentThread().getId(),
};

function fields(configuration: WorkspaceConfiguration | null): unknown {
  const { tempFilePath: _, ...rest } = { ...configuration };
  return rest;
}

const x = (): NDArray => zeros('FLOAT', 8, 8).assign(0.5);
const row = (): NDArray => zeros('FLOAT', 1, 8).assign(0.5);
/** Operations by their recorded names; operands are made outside the workspace. */
const scratch: Record<string, (a: NDArray, b: NDArray, v: NDArray) => unknown> = {
  'addi(1)': (a) => a.addi(1),
  'add(1)': (a) => a.add(1),
  'addi(array)': (a, b) => a.addi(b),
  'add(array)': (a, b) => a.add(b),
  'assign(number)': (a) => a.assign(1),
  'assign(array)': (a, b) => a.assign(b),
  'dup()': (a) => a.dup(),
  'castTo(DOUBLE)': (a) => a.castTo('DOUBLE'),
  'sumNumber()': (a) => a.sumNumber(),
  'meanNumber()': (a) => a.meanNumber(),
  'maxNumber()': (a) => a.maxNumber(),
  'norm2Number()': (a) => a.norm2Number(),
  'stdNumber()': (a) => a.stdNumber(),
  'sum(0)': (a) => a.sum(0),
  'sum(1)': (a) => a.sum(1),
  'mean(0)': (a) => a.mean(0),
  'max(1)': (a) => a.max(1),
  'std(0)': (a) => a.std(0),
  'norm2(1)': (a) => a.norm2(1),
  'argMax(1)': (a) => a.argMax(1),
  mmul: (a, b) => a.mmul(b),
  'mmul of transpose': (a, b) => a.transpose().mmul(b),
  addiRowVector: (a, _, v) => a.addiRowVector(v),
  addRowVector: (a, _, v) => a.addRowVector(v),
  muliColumnVector: (a, _, v) => a.muliColumnVector(v.reshape(8, 1)),
  'transpose()': (a) => a.transpose(),
  'reshape view': (a) => a.reshape(64),
  getRow: (a) => a.getRow(1),
  getRows: (a) => a.getRows(0, 2),
  'gt(0)': (a) => a.gt(0),
  'Transforms.exp': (a) => Transforms.exp(a),
  'Transforms.softmax': (a) => Transforms.softmax(a),
  'Nd4j.concat': (a, b) => Nd4j.concat(0, a, b),
  'Nd4j.vstack': (a, b) => Nd4j.vstack(a, b),
  'Nd4j.rand': () => Nd4j.rand(8, 8),
  'Nd4j.randn': () => Nd4j.randn(8, 8),
  'Nd4j.scalar': () => Nd4j.scalar(1),
  'Nd4j.eye(8)': () => Nd4j.eye(8),
  'Nd4j.valueArrayOf': () => Nd4j.valueArrayOf([8, 8], 1),
  'Nd4j.sort': (a) => Nd4j.sort(a, 1, true),
  'Nd4j.argMax': (a) => Nd4j.argMax(a, 1),
  equals: (a, b) => a.equals(b),
  toString: (a: NDArray) => a.toString(),
  getDouble: (a) => a.getDouble(0, 1),
  euclideanDistance: (a, b) => Transforms.euclideanDistance(a, b),
  'BooleanIndexing.replaceWhere': (a) => BooleanIndexing.replaceWhere(a, 1, Conditions.lessThan(0)),
  tensorAlongDimension: (a) => a.tensorAlongDimension(1, 1),
  putRow: (a, _, v) => a.putRow(1, v),
  'put(interval)': (a) => a.put([NDArrayIndex.interval(0, 2), NDArrayIndex.all()], 3),
  'cumsum(0)': (a) => a.cumsum(0),
};

for (const [name, { kind, cases = [] }] of files) {
  if (kind === 'questions') {
    describe(`the memory manager answers as DL4J does, ${name}`, () => {
      for (const { what, result, throws } of cases as Question[]) {
        const ask = answers[what];
        if (ask === undefined) continue;
        const reason = differenceOf('memory', `${name}/${what}`);
        if (reason !== undefined)
          test(`${what} differs on purpose: ${reason}`, () => expect(ask()).not.toEqual(result));
        else if (throws !== undefined) test(what, () => expect(ask).toThrow(throws.message));
        else test(what, () => expect(ask()).toEqual(result));
      }
    });
  } else if (kind === 'op-scratch') {
    describe(`operations take no more of the current workspace than DL4J's, ${name}`, () => {
      for (const { op, bytes } of cases as Scratch[]) {
        const run = scratch[op];
        const reason = differenceOf('memory', `${name}/${op}`);
        if (run === undefined || bytes === undefined) test.skip(`${op}: no such call, or it throws in M2.1`, () => {});
        else {
          test(reason === undefined ? `${op}: at most ${bytes} bytes` : `${op} differs on purpose: ${reason}`, () => {
            const operands = [x(), x(), row()] as const;
            const workspace = workspaceManager.createNewWorkspace({ initialSize: 65536, policyLearning: 'NONE' }, 'S');
            workspace.run(() => {
              run(...operands);
              const taken = workspace.getThisCycleAllocations();
              if (reason === undefined) expect(taken).toBeLessThanOrEqual(bytes);
              else expect(taken).toBeGreaterThan(bytes);
            });
          });
        }
      }
    });
  } else if (kind === 'profiling-modes') {
    test.skip(`${name}: ND4J's profiling modes are not built; the check of workspaces is always on`, () => {});
  }
}
