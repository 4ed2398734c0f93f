import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DOUBLE } from '../../src/core/dataType.ts';
import {
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
  UnsupportedOperationException,
} from '../../src/core/errors.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import type { WorkspaceConfigurationOptions } from '../../src/memory/configuration.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { NDArray } from '../../src/ndarray/ndarray.ts';
import { counting, sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndarena-mmap-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  resetMemory();
  rmSync(folder, { recursive: true });
});
const mapped = (options: WorkspaceConfigurationOptions): WorkspaceConfigurationOptions => ({
  policyLocation: 'MMAP',
  policyLearning: 'NONE',
  ...options,
});

describe('an MMAP workspace', () => {
  test('keeps its contents through close and enter, and is never over-allocated or limited', () => {
    const workspace = workspaceManager.getWorkspaceForCurrentThread(mapped({ initialSize: 1000000, maxSize: 10 }), 'M');
    expect(workspace.getCurrentSize()).toBe(1000000);
    workspace.run(() => zeros('DOUBLE', 100).assign(10));
    const again = workspace.run(() => {
      const buffer = DataBuffer.allocate(DOUBLE, 100, false);
      return sumOf(new NDArray(buffer, 0, denseGeometry([100])));
    });
    expect(again).toBe(1000);
  });

  test('on a new file makes it, in whole chunks of 16 KiB, and writes the arena back when destroyed', () => {
    const file = join(folder, 'new.bin');
    const workspace = workspaceManager.createNewWorkspace(mapped({ initialSize: 20000, tempFilePath: file }), 'M');
    expect(statSync(file).size).toBe(32768);
    workspace.run(() => counting(4));
    workspace.destroyWorkspace();
    const bytes = readFileSync(file);
    expect([0, 8, 16, 24].map((at) => bytes.readDoubleLE(at))).toEqual([1, 2, 3, 4]);
    expect(bytes.length).toBe(32768);
  });

  test('on a file with contents shows them, takes its size from the file, and keeps what lies behind the arena', () => {
    const file = join(folder, 'old.bin');
    const contents = Buffer.alloc(4096);
    contents.writeDoubleLE(42, 0);
    contents.writeDoubleLE(7, 4088);
    writeFileSync(file, contents);
    const whole = workspaceManager.createNewWorkspace(mapped({ tempFilePath: file }), 'WHOLE');
    expect(whole.getCurrentSize()).toBe(4096);
    whole.destroyWorkspace();
    const part = workspaceManager.createNewWorkspace(mapped({ tempFilePath: file, initialSize: 1024 }), 'PART');
    expect(part.getCurrentSize()).toBe(1024);
    part.run(() => zeros('DOUBLE', 1).assign(5));
    part.destroyWorkspace();
    const bytes = readFileSync(file);
    expect([bytes.readDoubleLE(0), bytes.readDoubleLE(4088), bytes.length]).toEqual([5, 7, 4096]);
  });

  test('on a file that is too short lengthens it and keeps what is there (ND4J overwrites it)', () => {
    const file = join(folder, 'short.bin');
    writeFileSync(file, Buffer.from([1, 2, 3]));
    workspaceManager.createNewWorkspace(mapped({ tempFilePath: file, initialSize: 100 }), 'M').destroyWorkspace();
    expect([...readFileSync(file).subarray(0, 4)]).toEqual([1, 2, 3, 0]);
  });

  test('leaves the file deletable after destroyAllWorkspacesForCurrentThread(), also under a name of 120 characters', () => {
    const file = join(folder, 'n'.repeat(120));
    workspaceManager
      .getWorkspaceForCurrentThread(mapped({ tempFilePath: file, initialSize: 1000 }), 'M')
      .run(() => expect(sumOf(counting(3))).toBe(6));
    workspaceManager.destroyAllWorkspacesForCurrentThread();
    unlinkSync(file);
    expect(existsSync(file)).toBe(false);
  });

  test('spills what does not fit', () => {
    const workspace = workspaceManager.createNewWorkspace(mapped({ initialSize: 1000 }), 'M');
    workspace.run(() => {
      zeros('FLOAT', 100);
      expect(zeros('FLOAT', 1000).isAttached()).toBe(true);
      expect(workspace.getSpilledSize()).toBe(4000);
    });
  });

  test('refuses learning, no size at all, an empty file and an unreadable one', () => {
    const make = (options: WorkspaceConfigurationOptions) => () =>
      workspaceManager.createNewWorkspace(mapped(options), 'M');
    expect(make({ initialSize: 100, policyLearning: 'FIRST_LOOP' })).toThrow(ND4JIllegalArgumentException);
    expect(make({ initialSize: 100, policyLearning: 'FIRST_LOOP' })).toThrow(
      "Workspace backed by memory-mapped file can't have LearningPolicy defined",
    );
    expect(make({})).toThrow(ND4JIllegalStateException);
    expect(make({})).toThrow(
      'MMAP target file path should be non-null or workspace initialSize should be >0 for temp file',
    );
    const empty = join(folder, 'empty.bin');
    writeFileSync(empty, '');
    expect(make({ tempFilePath: empty })).toThrow('Memory-mapped file should have positive length.');
    expect(make({ tempFilePath: join(folder, 'no', 'such', 'folder'), initialSize: 100 })).toThrow(/MMAP failed/);
    expect(workspaceManager.getAllWorkspacesIdsForCurrentThread()).toEqual([]);
  });

  test('on a host without files refuses a file name, and works without one', () => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
    expect(() => workspaceManager.createNewWorkspace(mapped({ tempFilePath: 'x.bin', initialSize: 100 }), 'M')).toThrow(
      UnsupportedOperationException,
    );
    expect(workspaceManager.createNewWorkspace(mapped({ initialSize: 100 }), 'M').getCurrentSize()).toBe(100);
  });
});
