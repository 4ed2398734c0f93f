// Scopes closed and entered against their rules.

import { afterEach, describe, test } from 'vitest';
import { ND4JIllegalStateException, ND4JWorkspaceException } from '../../src/core/errors.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { conf, enter, expectMisuse, type Misuse, make } from '../support/misuse.ts';

afterEach(() => resetMemory());

const wrong: Misuse[] = [
  [
    'closing what was never entered',
    ND4JWorkspaceException,
    /^Cannot close workspace \[A\]: it is not open/,
    () => make('A').close(),
  ],
  [
    'closing twice',
    ND4JWorkspaceException,
    /^Cannot close workspace \[A\]: it is not open \(closed twice/,
    () => {
      const a = enter('A');
      a.close();
      a.close();
    },
  ],
  [
    'notifyScopeLeft() twice',
    ND4JWorkspaceException,
    /\[A\]: it is not open/,
    () => {
      const a = enter('A');
      a.notifyScopeLeft();
      a.notifyScopeLeft();
    },
  ],
  [
    '`using` and close() of the same scope',
    ND4JWorkspaceException,
    /\[A\]: it is not open/,
    () => {
      using a = enter('A');
      a.close();
    },
  ],
  [
    'closing a nested scope once too often',
    ND4JWorkspaceException,
    /\[A\]: it is not open/,
    () => {
      const a = enter('A');
      a.notifyScopeEntered();
      a.close();
      a.close();
      a.close();
    },
  ],
  [
    'closing a borrow twice',
    ND4JWorkspaceException,
    /\[A\]: it is not open/,
    () => {
      const a = make('A');
      a.notifyScopeBorrowed();
      a.close();
      a.close();
    },
  ],
  [
    'closing a scope-out twice',
    ND4JWorkspaceException,
    /\[A\]: it is not open/,
    () => {
      enter('A');
      const out = manager.scopeOutOfWorkspaces();
      out.close();
      out.close();
      out.close();
    },
  ],
  [
    'closing the outer scope first',
    ND4JWorkspaceException,
    /^Cannot close workspace \[A\]: workspace \[B\], opened later, is still open/,
    () => {
      const a = enter('A');
      enter('B');
      a.close();
    },
  ],
  [
    'closing the middle of three scopes',
    ND4JWorkspaceException,
    /\[B\]: workspace \[C\], opened later/,
    () => {
      enter('A');
      const b = enter('B');
      enter('C');
      b.close();
    },
  ],
  [
    'closing a workspace under a borrow',
    ND4JWorkspaceException,
    /\[B\]: workspace \[A\], opened later/,
    () => {
      const a = enter('A');
      const b = enter('B');
      a.notifyScopeBorrowed();
      b.close();
    },
  ],
  [
    'closing a workspace under a scope-out',
    ND4JWorkspaceException,
    /\[A\]: a scope-out, opened later/,
    () => {
      const a = enter('A');
      memoryManager.scopeOutOfWorkspaces();
      a.close();
    },
  ],
  [
    'closing a scope-out under a workspace',
    ND4JWorkspaceException,
    /\[null\]: workspace \[B\], opened later/,
    () => {
      enter('A');
      const out = memoryManager.scopeOutOfWorkspaces();
      enter('B');
      out.close();
    },
  ],
  [
    'entering an open workspace that is not current',
    ND4JWorkspaceException,
    /^Cannot enter workspace \[A\]: it is open already, and \[B\] is current/,
    () => {
      const a = enter('A');
      enter('B');
      a.notifyScopeEntered();
    },
  ],
  [
    'activating an open workspace that is not current',
    ND4JWorkspaceException,
    /\[A\]: it is open already/,
    () => {
      enter('A');
      enter('B');
      enter('A');
    },
  ],
  [
    'entering a workspace that is scoped out',
    ND4JWorkspaceException,
    /\[A\]: it is open already, and scoped out/,
    () => {
      enter('A');
      manager.scopeOutOfWorkspaces();
      enter('A');
    },
  ],
  [
    'entering a workspace under a dummy',
    ND4JWorkspaceException,
    /\[A\]: it is open already, and scoped out/,
    () => {
      enter('A');
      memoryManager.scopeOutOfWorkspaces();
      enter('A');
    },
  ],
  [
    'borrowing twice',
    ND4JIllegalStateException,
    /^Workspace \[A\]: Can't borrow from borrowed workspace/,
    () => {
      const a = enter('A');
      a.notifyScopeBorrowed();
      a.notifyScopeBorrowed();
    },
  ],
  [
    'borrowing twice from another workspace',
    ND4JIllegalStateException,
    /\[A\]: Can't borrow/,
    () => {
      const a = enter('A');
      enter('B');
      a.notifyScopeBorrowed();
      a.notifyScopeBorrowed();
    },
  ],
  [
    'entering a held workspace',
    ND4JWorkspaceException,
    /\[A\]: it is held for an asynchronous task/,
    () => {
      manager.hold(conf, 'A');
      enter('A');
    },
  ],
  [
    'holding an open workspace',
    ND4JWorkspaceException,
    /\[A\]: it is open already/,
    () => {
      enter('A');
      manager.hold(conf, 'A');
    },
  ],
  [
    'holding twice',
    ND4JWorkspaceException,
    /\[A\]: it is held/,
    () => {
      manager.hold(conf, 'A');
      manager.hold(conf, 'A');
    },
  ],
  [
    'running a closed hold',
    ND4JWorkspaceException,
    /^Cannot run workspace \[A\]: it is no longer held/,
    () => {
      const held = manager.hold(conf, 'A');
      held.close();
      held.run(() => 1);
    },
  ],
  [
    'beginning a cycle of a closed hold',
    ND4JWorkspaceException,
    /\[A\]: it is no longer held/,
    () => {
      const held = manager.hold(conf, 'A');
      held.close();
      held.next();
    },
  ],
  [
    'closing a hold from within',
    ND4JWorkspaceException,
    /\[A\] from within its run\(\)/,
    () => {
      const held = manager.hold(conf, 'A');
      held.run(() => held.close());
    },
  ],
];

describe('scopes used wrongly throw and leave nothing behind:', () => {
  test.each(wrong)('%s', (...row) => expectMisuse(row));
});
