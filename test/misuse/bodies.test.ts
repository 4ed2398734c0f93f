// Functions run in workspaces, assertions and settings that are wrong.

import { afterEach, describe, test } from 'vitest';
import {
  ND4JIllegalArgumentException,
  ND4JIllegalStateException,
  ND4JWorkspaceException,
} from '../../src/core/errors.ts';
import { DummyWorkspace } from '../../src/memory/dummyWorkspace.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import { WorkspaceUtils } from '../../src/memory/workspaceUtils.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { conf, enter, expectMisuse, type Misuse, make, returned } from '../support/misuse.ts';

afterEach(() => resetMemory());

const wrong: Misuse[] = [
  [
    'an asynchronous function in run()',
    ND4JWorkspaceException,
    /asynchronous function in workspace \[A\]/,
    () => make('A').run(async () => 1),
  ],
  [
    'a function that rejects in run()',
    ND4JWorkspaceException,
    /asynchronous function in workspace \[A\]/,
    () =>
      make('A').run(async () => {
        throw new Error('lost');
      }),
  ],
  [
    'an asynchronous function in a dummy',
    ND4JWorkspaceException,
    /asynchronous function in workspace \[null\]/,
    () => new DummyWorkspace().run(async () => 1),
  ],
  [
    'an asynchronous function in a hold',
    ND4JWorkspaceException,
    /asynchronous function in workspace \[A\]/,
    () => manager.hold(conf, 'A').run(async () => 1),
  ],
  [
    'a function that leaves scopes open',
    ND4JWorkspaceException,
    /run in workspace \[A\] left open: C, B$/m,
    () =>
      make('A').run(() => {
        enter('B');
        enter('C');
      }),
  ],
  [
    'a function that closes its own scope',
    ND4JWorkspaceException,
    /\[A\]: it is not open/,
    () => {
      const a = make('A');
      a.run(() => a.close());
      a.close();
    },
  ],
  [
    'assertNoWorkspacesOpen()',
    ND4JWorkspaceException,
    /^text - Open\/active workspaces: \[A, B\]$/,
    () => {
      enter('B');
      enter('A');
      WorkspaceUtils.assertNoWorkspacesOpen('text');
    },
  ],
  [
    'assertOpenAndActive()',
    ND4JWorkspaceException,
    /^text$/,
    () => {
      make('A');
      WorkspaceUtils.assertOpenAndActive('A', 'text');
    },
  ],
  [
    'assertOpenActiveAndCurrent()',
    ND4JWorkspaceException,
    /^text - not the current workspace \(current workspace: B$/,
    () => {
      enter('A');
      enter('B');
      WorkspaceUtils.assertOpenActiveAndCurrent('A', 'text');
    },
  ],
  [
    'assertValidArray()',
    ND4JWorkspaceException,
    /^text: Array uses leaked workspace pointer from workspace A/,
    () => WorkspaceUtils.assertValidArray(returned('A'), 'text'),
  ],
  [
    'a circular workspace without blocks',
    ND4JIllegalStateException,
    /^For cyclic workspace overallocation should be positive integral value\./,
    () => make('A', { policyReset: 'ENDOFBUFFER_REACHED', overallocationLimit: 0.3 }),
  ],
  [
    'MMAP with learning',
    ND4JIllegalArgumentException,
    /can't have LearningPolicy defined/,
    () => make('A', { policyLocation: 'MMAP', initialSize: 100 }),
  ],
  [
    'MMAP without size and file',
    ND4JIllegalStateException,
    /MMAP target file path should be non-null/,
    () => make('A', { policyLocation: 'MMAP', policyLearning: 'NONE' }),
  ],
  ['a negative size', ND4JIllegalArgumentException, /Invalid initialSize -1/, () => make('A', { initialSize: -1 })],
  [
    'a size beyond WebAssembly',
    ND4JIllegalArgumentException,
    /Invalid initialSize 1e\+300|Invalid initialSize/,
    () => make('A', { initialSize: 1e300 }),
  ],
  ['an unknown policy', TypeError, /Invalid policySpill "NEVER"/, () => make('A', { policySpill: 'NEVER' })],
  ['an unknown field', TypeError, /Unknown field "size"/, () => make('A', { size: 100 })],
  ['an empty id', TypeError, /Invalid workspace id ""/, () => make('')],
  ['an id that is no string', TypeError, /Invalid workspace id 7/, () => make(7 as unknown as string)],
  ['an unknown debug mode', TypeError, /Unknown debug mode "LOUD"/, () => manager.setDebugMode('LOUD' as never)],
  ['a negative window', RangeError, /Invalid GC window -1/, () => memoryManager.setAutoGcWindow(-1)],
];

describe('wrong functions, assertions and settings throw and leave nothing behind:', () => {
  test.each(wrong)('%s', (...row) => expectMisuse(row));
});
