// Recorded traces of ND4J's workspaces, replayed: results, errors and the whole state of every workspace after every call.

import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Nd4jWorkspace } from '../../src/memory/workspace.ts';
import { goldenFiles } from '../support/golden.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { type Trace, type TraceOperation, TraceReplay } from '../support/workspaceTrace.ts';
import { initialState, stateOf, type WorkspaceState } from '../support/workspaceTraceState.ts';
import { differenceOf } from './differences.ts';

interface TraceFile {
  kind: string;
  traces: Trace[];
}

/** Calls that ND4J lets pass and that corrupt its state: here they throw, and the trace ends. */
const MISUSE = /^Cannot (enter|close) workspace \[/;

const simpleName = (className: string): string => className.split('.').at(-1) as string;

/** A first line of ours must be ND4J's, but for what the files record of leaks in operations: there the workspace must be the same. */
function checkError(error: unknown, o: TraceOperation, where: string): void {
  const { class: name, message } = o.throws as { class: string; message: string | null };
  const ours = error as Error;
  const first = ours.message.split('\n')[0];
  if (name.endsWith('StackOverflowError')) {
    expect(first, where).toBe("Can't allocate memory: Workspace is full");
    return;
  }
  const culprit = /^Op \[.*from workspace \[(.*?)\]/.exec(message ?? '')?.[1];
  if (culprit !== undefined || /execution failed$/.test(message ?? '')) {
    expect(ours.name, where).toBe('ND4JIllegalStateException');
    expect(first, where).toMatch(/^Op \[\w+\] [XYZ] argument uses leaked workspace pointer from workspace \[/);
    if (culprit !== undefined) expect(first, where).toContain(`from workspace [${culprit}]`);
    return;
  }
  expect(
    ours.name
      .replace('ND4JIllegalArgument', 'IllegalArgument')
      .replace(/^IllegalArgumentException$/, 'ND4JIllegalArgumentException'),
    where,
  ).toBe(simpleName(name).replace(/^IllegalArgumentException$/, 'ND4JIllegalArgumentException'));
  expect(first, where).toBe(message);
}

/**
 * Where ND4J loses track of the current workspace and ours does not, the trace goes on from ND4J's state: after a leverage that fails,
 * after the end of a nested scope, scope-out or borrow (ND4J ends them in the wrong order, and a nested scope-out only with its scope),
 * and after closing a dummy that was never entered.
 */
function followDefect(player: TraceReplay, o: TraceOperation, wasNested: boolean, current: string | null): void {
  if (player.currentLabel === current) return;
  const failed = o.op.startsWith('leverage') && o.throws !== undefined;
  if (failed || (o.op === 'leave' && wasNested)) player.setCurrent(current);
}

/** Most values are equal numbers: the assertion library is called for the others only. */
function requireSame(found: unknown, expected: unknown, where: () => string): void {
  if (found !== expected) expect(found, where()).toEqual(expected);
}

/** Returns the number of operations replayed; fewer than the trace has when ours refused a misuse. */
function replay(trace: Trace, mayRefuse: boolean): { replay: TraceReplay; count: number } {
  const player = new TraceReplay(trace);
  const expected = new Map<string, WorkspaceState>();
  let current: string | null = null;
  for (const [index, o] of trace.ops.entries()) {
    // An array without elements is an error in ND4J's create, and an empty array here.
    if ((o.shape as number[] | undefined)?.includes(0)) continue;
    const where = `${trace.name} #${index} ${JSON.stringify({ ...o, state: undefined })}`;
    const wasNested = player.isNested(o);
    try {
      const result = player.run(o);
      if (o.throws) expect.fail(`${where}: nothing was thrown`);
      for (const [key, value] of Object.entries(result ?? {})) {
        if (o.result !== undefined && key in o.result) requireSame(value, o.result[key], () => `${where}: ${key}`);
      }
    } catch (error) {
      if (mayRefuse && !o.throws && MISUSE.test((error as Error).message)) return { replay: player, count: index };
      if (!o.throws || (error as Error).name === 'AssertionError') throw addPlace(error, where);
      checkError(error, o, where);
    }
    if ('current' in o) current = o.current ?? null;
    followDefect(player, o, wasNested, current);
    requireSame(player.currentLabel, current, () => `${where}: current`);
    for (const [label, changes] of Object.entries(o.state ?? {})) {
      expected.set(label, { ...(expected.get(label) ?? initialState()), ...changes });
    }
    for (const [label, state] of expected) {
      const found = stateOf(player.workspaces.get(label) as Nd4jWorkspace, player);
      for (const [field, value] of Object.entries(state)) {
        requireSame(found[field as keyof WorkspaceState], value, () => `${where}: ${label}.${field}`);
      }
    }
  }
  return { replay: player, count: trace.ops.length };
}

function addPlace(error: unknown, where: string): unknown {
  if (error instanceof Error && !error.message.includes(where)) error.message = `${where}: ${error.message}`;
  return error;
}

// Traces turn workspaces off and forget it: the warnings are not what is tested here.
beforeAll(() => void vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined));

let players: TraceReplay[] = [];
afterEach(() => {
  resetMemory(players.flatMap((each) => [...each.workspaces.values()]));
  players = [];
});

describe('workspace traces of DL4J', () => {
  for (const file of goldenFiles('memory')) {
    const golden = file.read() as TraceFile;
    if (golden.kind !== 'workspace-trace') continue;
    const isMisuse = file.name.startsWith('misuse');
    for (const trace of golden.traces) {
      const name = `${file.name}/${trace.name}`;
      const reason = differenceOf('memory', name);
      const run = (mayRefuse: boolean): number => {
        const { replay: player, count } = replay(trace, mayRefuse);
        players.push(player);
        return count;
      };
      if (reason) {
        test(`${name} differs on purpose: ${reason}`, () => expect(run(true)).toBeLessThan(trace.ops.length));
      } else if (isMisuse) {
        test(`${name} gives DL4J's states up to the first misuse, which throws`, () =>
          expect(run(true)).toBeGreaterThan(0));
      } else test(`${name} gives DL4J's results and states`, () => expect(run(false)).toBe(trace.ops.length));
    }
  }
});
