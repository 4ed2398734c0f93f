// Scopes held open across an await: found, closed, reported once; and the right way, held workspaces.

import { afterEach, describe, expect, test } from 'vitest';
import { ND4JWorkspaceException } from '../../src/core/errors.ts';
import { yieldToHost } from '../../src/core/platform.ts';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import type { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { runtime } from '../../src/wasm/runtime.ts';
import { counting, sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

const conf = { policyLearning: 'NONE' } as const;
afterEach(() => resetMemory());

async function caught(action: () => unknown): Promise<Error> {
  try {
    await action();
  } catch (error) {
    expect(error).toBeInstanceOf(ND4JWorkspaceException);
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('a scope held open across an await', () => {
  test('is closed, and the next allocation throws, naming the workspace and the remedy', async () => {
    const workspace = workspaceManager.getAndActivateWorkspace(conf, 'LOOP');
    const array = zeros('FLOAT', 4);
    await yieldToHost();
    expect(workspace.isScopeActive()).toBe(false);
    expect(scope.current).toBeNull();
    expect(array.buffer.isUsable).toBe(false);
    const error = await caught(() => zeros('FLOAT', 4));
    expect(error.message.split('\n')[0]).toContain('Workspace [LOOP] was held open across an await');
    expect(error.message).toContain("hold(configuration, 'LOOP')");
    expect(error.message).toContain('setStackTraces(true)');
    expect(zeros('FLOAT', 4).isAttached()).toBe(false);
    expect(() => workspace.close()).not.toThrow();
    expect(() => workspace.close()).toThrow('it is not open');
  });

  test('makes the next enter throw, whoever enters', async () => {
    workspaceManager.getAndActivateWorkspace(conf, 'MINE').getId();
    await Promise.resolve();
    const error = await caught(() => workspaceManager.getAndActivateWorkspace(conf, 'OTHER'));
    expect(error.message).toContain('Workspace [MINE]');
    workspaceManager.getAndActivateWorkspace(conf, 'OTHER').close();
  });

  test('makes its own close throw when nobody has had the report, once', async () => {
    const workspace = workspaceManager.getAndActivateWorkspace(conf, 'LOOP');
    await Promise.resolve();
    expect((await caught(() => workspace.close())).message).toContain('[LOOP] was held open');
    workspace.notifyScopeEntered();
    workspace.close();
  });

  test('shows in an async function with `using`', async () => {
    const step = async (): Promise<void> => {
      using _workspace = workspaceManager.getAndActivateWorkspace(conf, 'STEP');
      await yieldToHost();
    };
    expect((await caught(step)).message).toContain('Workspace [STEP]');
    expect(scope.entries).toEqual([]);
  });

  test('frees what it spilled and frees nested scopes, borrows and scope-outs with it', async () => {
    const before = runtime().kernels.heapUsed();
    const outer = workspaceManager.getAndActivateWorkspace(conf, 'OUTER') as Nd4jWorkspace;
    const inner = workspaceManager.getAndActivateWorkspace(conf, 'INNER');
    inner.notifyScopeEntered();
    outer.notifyScopeBorrowed();
    memoryManager.scopeOutOfWorkspaces();
    workspaceManager.findWorkspace('INNER');
    await Promise.resolve();
    const error = await caught(() => zeros('FLOAT', 1));
    expect(error.message).toContain('Workspace [OUTER], [INNER], [scoped out]');
    expect(outer.isBorrowed).toBe(false);
    expect([outer, inner].map((each) => each.isScopeActive())).toEqual([false, false]);
    for (const each of [outer, inner]) each.run(() => zeros('FLOAT', 4));
    for (const each of [outer, inner]) each.run(() => undefined);
    resetMemory([outer, inner]);
    expect(runtime().kernels.heapUsed() - before).toBeLessThan(2048);
  });

  test('with stack traces, says where the scope was entered', async () => {
    workspaceManager.setStackTraces(true);
    workspaceManager.getAndActivateWorkspace(conf, 'TRACED').getId();
    await Promise.resolve();
    expect((await caught(() => zeros('FLOAT', 1))).message).toMatch(/It was entered\n[\s\S]*asyncScopes\.test\.ts/);
  });

  test('is not reported for scopes that close within their turn, however many turns there are', async () => {
    for (let turn = 0; turn < 20; turn++) {
      for (let i = 0; i < 3; i++) {
        using _workspace = workspaceManager.getAndActivateWorkspace(conf, 'FINE');
        zeros('FLOAT', 4);
      }
      await (turn % 2 === 0 ? Promise.resolve() : yieldToHost());
    }
    expect(scope.report).toBeNull();
    expect(workspaceManager.findWorkspace('FINE')?.getGenerationId()).toBe(60);
  });

  test('among interleaved tasks, names the one that held it', async () => {
    const good = async (id: string): Promise<number> => {
      let sum = 0;
      for (let i = 0; i < 5; i++) {
        sum += workspaceManager.getAndActivateWorkspace(conf, id).run(() => 1);
        workspaceManager.findWorkspace(id)?.close();
        await Promise.resolve();
      }
      return sum;
    };
    const bad = async (): Promise<void> => {
      workspaceManager.getAndActivateWorkspace(conf, 'BAD').getId();
      await Promise.resolve();
    };
    const results = await Promise.allSettled([good('A'), bad(), good('B')]);
    const failures = results.filter((each) => each.status === 'rejected');
    expect(failures.length).toBe(1);
    expect(String(failures[0]?.reason)).toContain('Workspace [');
    expect(String(failures[0]?.reason)).toContain('[BAD]');
  });
});

describe('run()', () => {
  test('refuses an asynchronous body and closes its scope', () => {
    const workspace = workspaceManager.createNewWorkspace(conf, 'RUN');
    expect(() => workspace.run(async () => zeros('FLOAT', 1))).toThrow(
      'Cannot run an asynchronous function in workspace [RUN]',
    );
    expect(workspace.isScopeActive()).toBe(false);
    expect(scope.current).toBeNull();
  });

  test('closes what the body left open and says so', () => {
    const workspace = workspaceManager.createNewWorkspace(conf, 'RUN');
    const body = (): unknown => workspaceManager.getAndActivateWorkspace(conf, 'FORGOTTEN').getId();
    expect(() => workspace.run(body)).toThrow('The function run in workspace [RUN] left open: FORGOTTEN');
    expect(scope.entries).toEqual([]);
  });

  test('lets the error of the body through, with everything closed', () => {
    const workspace = workspaceManager.createNewWorkspace(conf, 'RUN');
    const body = (): never => {
      workspaceManager.getAndActivateWorkspace(conf, 'INNER').getId();
      throw new RangeError('mine');
    };
    expect(() => workspace.run(body)).toThrow(new RangeError('mine'));
    expect(scope.entries).toEqual([]);
    expect(workspaceManager.anyWorkspaceActiveForCurrentThread()).toBe(false);
  });
});

describe('a held workspace', () => {
  test('keeps arrays valid across awaits, until next() or close()', async () => {
    const held = workspaceManager.hold(conf, 'TASK');
    const first = held.run(() => counting(5));
    await yieldToHost();
    expect(scope.current).toBeNull();
    expect(sumOf(first)).toBe(15);
    expect(held.run(() => sumOf(first) + sumOf(counting(2)))).toBe(18);
    held.next();
    expect(first.buffer.isUsable).toBe(false);
    const second = held.run(() => counting(3));
    await yieldToHost();
    expect(sumOf(second)).toBe(6);
    held.close();
    held.close();
    expect(second.buffer.isUsable).toBe(false);
    expect(() => held.run(() => 1)).toThrow('Cannot run workspace [TASK]: it is no longer held');
    expect(() => held.next()).toThrow('Cannot begin the next cycle of workspace [TASK]: it is no longer held');
  });

  test('learns its size like any other, so that later cycles spill nothing', async () => {
    using held = workspaceManager.hold({}, 'LEARNS');
    for (let i = 0; i < 3; i++) {
      held.run(() => zeros('FLOAT', 100));
      await yieldToHost();
      held.run(() => zeros('FLOAT', 100));
      expect(held.workspace.getSpilledSize()).toBe(i === 0 ? 832 : 0);
      held.next();
    }
    expect(held.workspace.getCurrentSize()).toBe(1081);
  });

  test('serves two interleaved tasks without mixing their arrays', async () => {
    const task = async (id: string, n: number): Promise<number> => {
      using held = workspaceManager.hold(conf, id);
      let sum = 0;
      for (let i = 0; i < 10; i++) {
        const array = held.run(() => counting(n));
        await yieldToHost();
        expect(array.buffer.workspace?.getId()).toBe(id);
        sum += held.run(() => sumOf(array));
        held.next();
      }
      return sum;
    };
    expect(await Promise.all([task('A', 3), task('B', 4)])).toEqual([60, 100]);
    expect(workspaceManager.anyWorkspaceActiveForCurrentThread()).toBe(false);
  });

  test('may be nested in another scope and in itself, within one run', () => {
    using held = workspaceManager.hold(conf, 'HELD');
    using outer = workspaceManager.getAndActivateWorkspace(conf, 'OUTER');
    const array = held.run((workspace) => workspace.run(() => counting(2)));
    expect(array.buffer.workspace).toBe(held.workspace);
    expect(scope.current).toBe(outer);
    expect(sumOf(array)).toBe(3);
  });

  test('refuses to be entered, held twice, run asynchronously, or ended from within', () => {
    using held = workspaceManager.hold(conf, 'HELD');
    expect(() => held.workspace.notifyScopeEntered()).toThrow(
      'Cannot enter workspace [HELD]: it is held for an asynchronous task',
    );
    expect(() => workspaceManager.hold(conf, 'HELD')).toThrow('Cannot enter workspace [HELD]');
    expect(() => held.run(async () => 1)).toThrow('Cannot run an asynchronous function in workspace [HELD]');
    expect(() => held.run(() => held.next())).toThrow(
      'Cannot end the cycle of held workspace [HELD] from within its run()',
    );
    expect(scope.entries).toEqual([]);
    workspaceManager.getAndActivateWorkspace(conf, 'OPEN').run(() => {
      expect(() => workspaceManager.hold(conf, 'OPEN')).toThrow('Cannot enter workspace [OPEN]: it is open already');
    });
    workspaceManager.findWorkspace('OPEN')?.close();
  });
});
