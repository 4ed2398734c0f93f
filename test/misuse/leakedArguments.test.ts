// Arrays whose memory is no longer theirs, in every argument position of every operation: the class, the operation's letter and the
// workspace are named, no other argument changes, and nothing is allocated, left open or left current.

import { afterEach, describe, expect, test } from 'vitest';
import { ND4JIllegalStateException } from '../../src/core/errors.ts';
import { denseGeometry } from '../../src/core/geometry.ts';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { heapUse } from '../../src/memory/heap.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { type ArrayOperation, arrayOperations, type OperandKind } from '../support/arrayOperations.ts';
import { zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';

afterEach(() => resetMemory());

const SHAPES: Record<OperandKind, number[]> = {
  matrix: [4, 4],
  row: [1, 4],
  vector: [4],
  column: [4, 1],
  mask: [4, 4],
};
const operand = (kind: OperandKind): NDArray =>
  zeros(kind === 'mask' ? 'BOOL' : 'FLOAT', ...SHAPES[kind]).assign(kind === 'mask' ? 1 : 0.5);

const ring = { overallocationLimit: 2, policyReset: 'ENDOFBUFFER_REACHED' } as const;

/** Ways to lose the memory of an array, and what the first line says then. */
const losses: [string, (kind: OperandKind) => NDArray, (letter: string) => RegExp][] = [
  [
    'of a closed workspace',
    (kind) => workspaceManager.createNewWorkspace({ initialSize: 4096 }, 'LEAK').run(() => operand(kind)),
    (letter) =>
      new RegExp(`^Op \\[[\\w. ]+\\] ${letter} argument uses leaked workspace pointer from workspace \\[LEAK\\]$`),
  ],
  [
    'of an earlier generation',
    (kind) => {
      const workspace = workspaceManager.createNewWorkspace({ initialSize: 4096 }, 'LEAK');
      const array = workspace.run(() => operand(kind));
      workspace.notifyScopeEntered();
      return array;
    },
    (letter) =>
      new RegExp(`^Op \\[[\\w. ]+\\] ${letter} argument uses leaked workspace pointer from workspace \\[LEAK\\]$`),
  ],
  [
    'overwritten in a circular workspace',
    (kind) => {
      const workspace = workspaceManager.createNewWorkspace(ring, 'LEAK');
      workspace.run(() => operand(kind));
      const array = workspace.run(() => operand(kind));
      for (let i = 0; i < 4; i++) workspace.run(() => operand(kind));
      return array;
    },
    (letter) =>
      new RegExp(`^Op \\[[\\w. ]+\\] ${letter} argument uses leaked workspace pointer from workspace \\[LEAK\\]$`),
  ],
  [
    'that was closed',
    (kind) => {
      const array = operand(kind);
      array.close();
      return array;
    },
    (letter) => new RegExp(`^Op\\.${letter} argument was closed before call$`),
  ],
  [
    'that is a view of a closed one',
    (kind) => {
      const owner = zeros(kind === 'mask' ? 'BOOL' : 'FLOAT', 8, 4);
      const view = owner.viewOf(4, denseGeometry(SHAPES[kind]));
      owner.close();
      return view;
    },
    (letter) => new RegExp(`^Op\\.${letter} argument was closed before call$`),
  ],
];

function firstLine(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    expect(error).toBeInstanceOf(ND4JIllegalStateException);
    return (error as Error).message.split('\n')[0] as string;
  }
  return 'nothing was thrown';
}

function check(
  operation: ArrayOperation,
  position: number,
  lose: (kind: OperandKind) => NDArray,
  pattern: (letter: string) => RegExp,
): void {
  const lost = lose(operation.kinds[position] as OperandKind);
  const arrays = operation.kinds.map((kind, i) => (i === position ? lost : operand(kind)));
  const before = { current: scope.current, open: scope.entries.length, ...heapUse };
  const line = firstLine(() => operation.call(...arrays));
  const letter = operation.letters[position] as string;
  expect(line).toMatch(pattern(letter === '?' ? '[XYZ]' : letter));
  expect({ current: scope.current, open: scope.entries.length, ...heapUse }).toEqual(before);
  arrays.forEach((array, i) => {
    if (array === lost) return;
    const expected = operation.kinds[i] === 'mask' ? 1 : 0.5;
    for (let at = 0; at < array.length(); at++) expect(array.getDouble(at)).toBe(expected);
  });
}

for (const [loss, lose, pattern] of losses) {
  describe(`an array ${loss}`, () => {
    for (const operation of arrayOperations) {
      operation.kinds.forEach((kind, position) => {
        const which = operation.kinds.length === 1 ? '' : ` as argument ${position + 1} (${kind})`;
        test(`${operation.name} refuses it${which}`, () => check(operation, position, lose, pattern));
      });
    }
  });
}
