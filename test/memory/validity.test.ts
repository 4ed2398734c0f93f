// The texts of the errors about leaked memory, whole.

import { afterEach, describe, expect, test } from 'vitest';
import { denseGeometry } from '../../src/core/geometry.ts';
import { assertValidArray, checkArgument } from '../../src/memory/validity.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { WorkspaceUtils } from '../../src/memory/workspaceUtils.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { counting, zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

const conf = { initialSize: 4096 } as const;

function messageOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}

describe('checkArgument()', () => {
  test('passes arrays whose memory is their own', () => {
    const detached = counting(3);
    checkArgument('add', 'X', detached);
    using _ws = workspaceManager.getAndActivateWorkspace(conf, 'OPEN');
    checkArgument('add', 'Y', counting(3));
  });

  test('begins with the two lines that users of ND4J know, with the true letter', () => {
    const leaked = workspaceManager.createNewWorkspace(conf, 'LOOP_EXTERNAL').run(() => zeros('FLOAT', 2, 3));
    const lines = messageOf(() => zeros('FLOAT', 2, 3).assign(leaked)).split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'Op [set] Y argument uses leaked workspace pointer from workspace [LOOP_EXTERNAL]',
      'For more details, see the ND4J User Guide: nd4j.org/userguide#workspaces-panic',
    ]);
  });

  test('goes on with the array, its generation, what is open, and the remedy', () => {
    const leaked = workspaceManager.createNewWorkspace(conf, 'LOOP').run(() => zeros('FLOAT', 2, 3));
    using _outer = workspaceManager.getAndActivateWorkspace(conf, 'OUTER');
    expect(messageOf(() => checkArgument('mmul', 'Z', leaked))).toBe(
      [
        'Op [mmul] Z argument uses leaked workspace pointer from workspace [LOOP]',
        'For more details, see the ND4J User Guide: nd4j.org/userguide#workspaces-panic',
        'The array of shape [2, 3], FLOAT, was made in generation 1 of [LOOP]; the workspace is closed now.',
        'Open workspaces: [OUTER], current: [OUTER].',
        'Remedy: call detach() on it (or leverageTo() an outer workspace) before the scope of [LOOP] ends, and keep the result.',
      ].join('\n'),
    );
  });

  test('says of a closed array and its views which argument it is', () => {
    const array = counting(6);
    const view = array.viewOf(0, denseGeometry([2, 3]));
    array.close();
    expect(messageOf(() => checkArgument('add', 'Y', view))).toBe(
      'Op.Y argument was closed before call\nOp [add], array of shape [2, 3], DOUBLE: close() has freed it; close an array after its last use.',
    );
  });
});

describe('assertValidArray()', () => {
  const leaked = (): NDArray => workspaceManager.createNewWorkspace(conf, 'W').run(() => counting(3));

  test('passes null, detached arrays and arrays of open generations', () => {
    assertValidArray(null, 'm');
    assertValidArray(counting(3));
    using _ws = workspaceManager.getAndActivateWorkspace(conf, 'OPEN');
    WorkspaceUtils.assertValidArray(counting(3), 'm');
  });

  test('begins with the two lines of ND4J for a closed workspace', () => {
    const array = leaked();
    using _b = workspaceManager.getAndActivateWorkspace(conf, 'B');
    using _a = workspaceManager.getAndActivateWorkspace(conf, 'A');
    expect(
      messageOf(() => assertValidArray(array, 'Cannot detach INDArray'))
        .split('\n')
        .slice(0, 2),
    ).toEqual([
      'Cannot detach INDArray: Array uses leaked workspace pointer from workspace W',
      'All open workspaces: [A, B]',
    ]);
    expect(messageOf(() => assertValidArray(array, null))).toMatch(
      /^Array uses leaked workspace pointer from workspace W\nAll/,
    );
  });

  test('begins with the two lines of ND4J for another generation', () => {
    const array = leaked();
    using _ws = workspaceManager.getAndActivateWorkspace('W');
    expect(
      messageOf(() => assertValidArray(array, 'm'))
        .split('\n')
        .slice(0, 2),
    ).toEqual([
      'm: Array outdated workspace pointer from workspace W (array generation 1, current workspace generation 2)',
      'All open workspaces: [W]',
    ]);
  });

  test('has words of its own for memory that was freed or overwritten, which ND4J does not notice', () => {
    using ws = workspaceManager.getAndActivateWorkspace(conf, 'W');
    const array = counting(3);
    ws.destroyWorkspace();
    expect(messageOf(() => assertValidArray(array))).toMatch(/^Array uses freed memory of workspace W\n/);
    const ring = workspaceManager.createNewWorkspace(
      { ...conf, policyReset: 'ENDOFBUFFER_REACHED', overallocationLimit: 1 },
      'R',
    );
    const old = ring.run(() => counting(3));
    ring.destroyWorkspace();
    expect(messageOf(() => assertValidArray(old))).toMatch(/^Array uses overwritten memory of circular workspace R\n/);
  });
});
