// Memory asked for, freed, and taken out of workspaces against their rules.

import { afterEach, describe, test } from 'vitest';
import {
  ND4JIllegalStateException,
  ND4JWorkspaceException,
  Nd4jNoSuchWorkspaceException,
  UnsupportedOperationException,
} from '../../src/core/errors.ts';
import { DataBuffer } from '../../src/memory/buffer.ts';
import { DummyWorkspace } from '../../src/memory/dummyWorkspace.ts';
import { memoryManager } from '../../src/memory/memoryManager.ts';
import { workspaceManager as manager } from '../../src/memory/workspaceManager.ts';
import { counting, sumOf, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { conf, enter, expectMisuse, type Misuse, make, returned } from '../support/misuse.ts';

afterEach(() => resetMemory());

const wrong: Misuse[] = [
  [
    'a raw allocation from a dummy',
    UnsupportedOperationException,
    /^DummyWorkspace shouldn't be used for allocation$/,
    () => new DummyWorkspace().alloc(),
  ],
  [
    'a request too large under policy FAIL',
    ND4JIllegalStateException,
    /^Can't allocate memory: Workspace is full\nWorkspace \[A\] has 64 of 64 bytes left, 400 were asked for/,
    () => make('A', { ...conf, initialSize: 64, policySpill: 'FAIL' }).run(() => zeros('FLOAT', 100)),
  ],
  [
    'a raw request too large under policy FAIL',
    ND4JIllegalStateException,
    /Workspace is full/,
    () => make('A', { ...conf, initialSize: 64, policySpill: 'FAIL' }).run((ws) => ws.alloc(65)),
  ],
  [
    'a pinned request under policy FAIL',
    ND4JIllegalStateException,
    /Workspace is full/,
    () => {
      const a = make('A', {
        policySpill: 'FAIL',
        policyReset: 'ENDOFBUFFER_REACHED',
        overallocationLimit: 1,
        policyLearning: 'FIRST_LOOP',
      });
      a.initializeWorkspace();
      a.run(() => zeros('FLOAT', 100));
    },
  ],
  [
    'a request larger than a circular arena',
    ND4JIllegalStateException,
    /Workspace is full/,
    () => make('A', { ...conf, policyReset: 'ENDOFBUFFER_REACHED' }).run(() => zeros('FLOAT', 2000)),
  ],
  [
    'closing an attached array',
    ND4JIllegalStateException,
    /^Can't release this INDArray\n.*workspace \[A\]/,
    () => enter('A').run(() => counting(3).close()),
  ],
  [
    'closing the buffer of an attached array',
    ND4JIllegalStateException,
    /^Can't release this data buffer\n.*workspace \[A\]/,
    () => {
      enter('A');
      counting(3).data().close();
    },
  ],
  [
    'closing a view',
    ND4JIllegalStateException,
    /^Can't release this INDArray\n.*it is a view/,
    () => counting(8).reshape(2, 4).getRow(0).close(),
  ],
  [
    'reallocating a closed buffer',
    ND4JIllegalStateException,
    /^Cannot reallocate a buffer of 3 elements: it is closed/,
    () => {
      const buffer = DataBuffer.create('FLOAT', 3);
      buffer.close();
      buffer.reallocate(5);
    },
  ],
  [
    'reallocating a leaked buffer',
    ND4JIllegalStateException,
    /of an earlier cycle of workspace \[A\]/,
    () => returned('A').data().reallocate(9),
  ],
  [
    'an array of a workspace that was made current by hand',
    ND4JIllegalStateException,
    /\[A\]\n[\s\S]*the workspace is closed now/,
    () => {
      memoryManager.setCurrentWorkspace(make('A'));
      sumOf(counting(3));
    },
  ],
  [
    'an array of a borrowed, closed workspace',
    ND4JIllegalStateException,
    /\[A\]\n[\s\S]*the workspace is closed now/,
    () => {
      make('A').notifyScopeBorrowed();
      sumOf(counting(3));
    },
  ],
  [
    'dup() in a workspace that is current but closed',
    ND4JIllegalStateException,
    /^Op \[\w+\] Z argument uses leaked workspace pointer from workspace \[A\]/,
    () => {
      const array = counting(3);
      memoryManager.setCurrentWorkspace(make('A'));
      array.dup();
    },
  ],
  ['a returned array', ND4JIllegalStateException, /pointer from workspace \[A\]/, () => sumOf(returned('A'))],
  [
    'detach() too late',
    ND4JWorkspaceException,
    /^Cannot detach INDArray: Array uses leaked workspace pointer from workspace A/,
    () => returned('A').detach(),
  ],
  [
    'leverage() too late',
    ND4JWorkspaceException,
    /^Cannot leverage INDArray to new workspace: Array uses leaked workspace pointer from workspace A/,
    () => returned('A').leverage(),
  ],
  [
    'leverageTo() too late',
    ND4JWorkspaceException,
    /workspace A/,
    () => {
      const array = returned('A');
      enter('B');
      array.leverageTo('B');
    },
  ],
  [
    'leverageOrDetach() too late',
    ND4JWorkspaceException,
    /^Cannot detach INDArray: .*workspace A/,
    () => returned('A').leverageOrDetach('B'),
  ],
  [
    'migrate() too late',
    ND4JWorkspaceException,
    /workspace A/,
    () => {
      const array = returned('A');
      enter('B');
      array.migrate();
    },
  ],
  ['dup() too late', ND4JWorkspaceException, /^Cannot duplicate INDArray: .*workspace A/, () => returned('A').dup()],
  [
    'unsafeDuplication() too late',
    ND4JWorkspaceException,
    /^Cannot duplicate array: .*workspace A/,
    () => returned('A').unsafeDuplication(),
  ],
  [
    'detach() a generation too late',
    ND4JWorkspaceException,
    /\(array generation 1, current workspace generation 2\)/,
    () => {
      const array = returned('A');
      manager.findWorkspace('A')?.notifyScopeEntered();
      array.detach();
    },
  ],
  [
    'detach() after the workspace was destroyed while open',
    ND4JWorkspaceException,
    /uses freed memory of workspace A/,
    () => {
      const a = enter('A');
      const array = counting(3);
      a.destroyWorkspace();
      array.detach();
    },
  ],
  [
    'detach() of a closed array',
    ND4JIllegalStateException,
    /^Cannot detach INDArray: Array was closed before call/,
    () => {
      const array = counting(3);
      array.close();
      array.detach();
    },
  ],
  [
    'leverageTo() a workspace that must exist',
    Nd4jNoSuchWorkspaceException,
    /^NONE$/,
    () => {
      enter('A');
      counting(3).leverageTo('NONE', true);
    },
  ],
];

describe('memory used wrongly throws and leaves nothing behind:', () => {
  test.each(wrong)('%s', (...row) => expectMisuse(row));
});
