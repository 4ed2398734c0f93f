// Scopes and asynchronous code. A scope open across an await would receive the arrays of whatever runs meanwhile, so it must not happen:
// the first scope of a turn queues one microtask, which runs exactly when the synchronous code has ended. What is still open then was
// held across an await (or never closed): it is closed, and whoever allocates, enters or closes next gets the report.

import { ND4JWorkspaceException } from '../core/errors.ts';
import { afterSynchronousCode } from '../core/platform.ts';
import { scope } from './currentWorkspace.ts';
import type { MemoryWorkspace } from './memoryWorkspace.ts';

/** What the watch needs of an entry: a way to end all its scopes at once, and where it was entered. */
interface Abandonable extends MemoryWorkspace {
  abandon(report: ND4JWorkspaceException): void;
  readonly entrySite: string | undefined;
}

export function watchScopes(): void {
  scope.isWatched = true;
  afterSynchronousCode(lookForOpenScopes);
}

function lookForOpenScopes(): void {
  scope.isWatched = false;
  const { entries } = scope;
  if (entries.length === 0) return;
  const open = [...new Set(entries)] as Abandonable[];
  entries.length = 0;
  scope.restores.length = 0;
  const report = new ND4JWorkspaceException(describe(open));
  for (const each of open.reverse()) each.abandon(report);
  scope.current = null;
  scope.report = report;
}

function describe(open: readonly Abandonable[]): string {
  const names = open.map((each) => `[${each.getId() ?? 'scoped out'}]`).join(', ');
  const culprit = open.find((each) => each.getId() !== null) ?? open[0];
  const site = culprit?.entrySite;
  return [
    `Workspace ${names} was held open across an await (or never closed): the synchronous code that entered it has ended, and what runs meanwhile would have allocated its arrays there`,
    'It has been closed; its arrays are invalid.',
    `Remedy: close it before the await and detach() the arrays needed afterwards, or let an asynchronous loop use const held = Nd4j.getWorkspaceManager().hold(configuration, '${culprit?.getId() ?? 'LOOP'}') and held.run(() => …) for each synchronous stretch.`,
    site === undefined
      ? 'Where it was entered: Nd4j.getWorkspaceManager().setStackTraces(true) records that.'
      : `It was entered\n${site}`,
  ].join('\n');
}

/** Throws when a body for one synchronous stretch turns out to be asynchronous. */
export function refusePromise(result: unknown, id: string | null): void {
  if (typeof (result as PromiseLike<unknown> | null)?.then !== 'function') return;
  // The body goes on in vain; its own failure is not the one to report.
  (result as PromiseLike<unknown>).then(undefined, () => undefined);
  throw new ND4JWorkspaceException(
    `Cannot run an asynchronous function in workspace [${id}]: it returned a promise, and a scope must not stay open across an await\nRemedy: run one synchronous stretch at a time, const held = Nd4j.getWorkspaceManager().hold(configuration, '${id}') keeps the workspace between them.`,
  );
}

/** Closes what `body` left open above `mark` entries. Returns the names of what it closed. */
export function unwindScopes(mark: number): string[] {
  const closed: string[] = [];
  while (scope.entries.length > mark) {
    const top = scope.entries[scope.entries.length - 1] as MemoryWorkspace;
    closed.push(String(top.getId()));
    top.close();
  }
  return closed;
}
