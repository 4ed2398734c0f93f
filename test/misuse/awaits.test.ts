// Scopes held open across awaits, in the ways that happen.

import { afterEach, describe, expect, test } from 'vitest';
import { ND4JWorkspaceException } from '../../src/core/errors.ts';
import { yieldToHost } from '../../src/core/platform.ts';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import { zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { enter, make } from '../support/misuse.ts';

afterEach(() => resetMemory());

describe('awaits inside scopes are found:', () => {
  const traps: [string, string, () => Promise<unknown>][] = [
    [
      'a scope with `using` across an await',
      '[T]',
      async () => {
        using _t = enter('T');
        await null;
        zeros('FLOAT', 1);
      },
    ],
    [
      'a scope across setTimeout',
      '[T]',
      async () => {
        const t = enter('T');
        await new Promise((done) => setTimeout(done, 1));
        t.close();
      },
    ],
    [
      'a nested scope across an await',
      '[O], [T]',
      async () => {
        using _o = enter('O');
        using _t = enter('T');
        await null;
        zeros('FLOAT', 1);
      },
    ],
    [
      'a borrow across an await',
      '[T]',
      async () => {
        using _t = make('T').notifyScopeBorrowed();
        await null;
        zeros('FLOAT', 1);
      },
    ],
    [
      'a scope-out across an await',
      '[T], [scoped out]',
      async () => {
        using _t = enter('T');
        using _out = memoryManager.scopeOutOfWorkspaces();
        await null;
        zeros('FLOAT', 1);
      },
    ],
    [
      'a scope in an async iteration',
      '[T]',
      async () => {
        for await (const _ of (async function* () {
          yield 1;
          yield 2;
        })()) {
          using _t = enter('T');
          await yieldToHost();
        }
      },
    ],
    [
      'a scope that is forgotten',
      '[T]',
      async () => {
        enter('T').getId();
        await yieldToHost();
        enter('OTHER');
      },
    ],
    [
      'a scope in a then()',
      '[T]',
      async () => {
        await Promise.resolve().then(() => void enter('T').getId());
        zeros('FLOAT', 1);
      },
    ],
    [
      'a scope around Promise.all',
      '[T]',
      async () => {
        using _t = enter('T');
        await Promise.all([Promise.resolve(1), yieldToHost()]);
        zeros('FLOAT', 1);
      },
    ],
  ];
  test.each(traps)('%s', async (_, names, task) => {
    let error: unknown;
    try {
      await task();
    } catch (caught) {
      error = caught;
    }
    const found = (error as { error?: Error }).error ?? (error as Error);
    expect(found).toBeInstanceOf(ND4JWorkspaceException);
    expect(found.message.split('\n')[0]).toContain(`Workspace ${names} was held open across an await`);
    expect(found.message).toContain('Remedy: close it before the await');
    expect([scope.entries.length, scope.current, scope.report]).toEqual([0, null, null]);
    expect(manager.anyWorkspaceActiveForCurrentThread()).toBe(false);
  });
});
