// Whether the memory of an array may be used, and the errors when it may not. Always on: the good path is two compares.

import { formatShape, ND4JIllegalStateException, ND4JWorkspaceException } from '../core/errors.ts';
import { openWorkspaceIds, scope } from './currentWorkspace.ts';
import { creationOf } from './stackTraces.ts';
import type { ArrayView } from './view.ts';
import type { Nd4jWorkspace } from './workspace.ts';

/** The line that users of ND4J search the web for. */
const GUIDE = 'For more details, see the ND4J User Guide: nd4j.org/userguide#workspaces-panic';

/**
 * Every operation calls this for every array it reads or writes, before it changes anything.
 * @throws {ND4JIllegalStateException} when the array was closed, its workspace was closed or begun anew, or its memory was reused.
 */
export function checkArgument(op: string, letter: 'X' | 'Y' | 'Z', view: ArrayView): void {
  if (!view.buffer.isUsable) refuseArgument(op, letter, view);
}

function refuseArgument(op: string, letter: 'X' | 'Y' | 'Z', view: ArrayView): never {
  const { workspace } = view.buffer;
  if (workspace === null) {
    throw new ND4JIllegalStateException(
      `Op.${letter} argument was closed before call\nOp [${op}], array of ${describe(view)}: close() has freed it; close an array after its last use.`,
    );
  }
  throw new ND4JIllegalStateException(
    [
      `Op [${op}] ${letter} argument uses leaked workspace pointer from workspace [${workspace.getId()}]`,
      GUIDE,
      ...explain(view, workspace),
    ].join('\n'),
  );
}

/**
 * The check of the methods that move arrays; null and detached arrays pass.
 * @throws {ND4JWorkspaceException} with ND4J's text as its first line.
 */
export function assertValidArray(array: ArrayView | null, message?: string | null): void {
  if (array === null || array.buffer.isUsable) return;
  const { workspace, generation } = array.buffer;
  const prefix = message === undefined || message === null ? '' : `${message}: `;
  if (workspace === null) {
    throw new ND4JIllegalStateException(
      `${prefix}Array was closed before call\nArray of ${describe(array)}: close() has freed it; close an array after its last use.`,
    );
  }
  const id = workspace.getId();
  let found = `Array outdated workspace pointer from workspace ${id} (array generation ${generation}, current workspace generation ${workspace.generation})`;
  if (workspace.isCircular) found = `Array uses overwritten memory of circular workspace ${id}`;
  else if (!workspace.isScopeActive()) found = `Array uses leaked workspace pointer from workspace ${id}`;
  else if (generation === workspace.generation) found = `Array uses freed memory of workspace ${id}`;
  const lines = [`All open workspaces: ${openWorkspaceIds()}`, ...explain(array, workspace)];
  throw new ND4JWorkspaceException(`${prefix}${found}\n${lines.join('\n')}`);
}

function describe({ buffer, geometry }: ArrayView): string {
  return `shape ${formatShape(geometry.shape)}, ${buffer.info.name}`;
}

/** What ND4J never said: which array, made when, invalid why, and what to do. */
function explain(view: ArrayView, workspace: Nd4jWorkspace): string[] {
  const { buffer } = view;
  const id = workspace.getId();
  const lines = [
    `The array of ${describe(view)}, was made in generation ${buffer.generation} of [${id}]; ${reason(view, workspace)}.`,
    `Open workspaces: ${openWorkspaceIds()}, current: ${scope.current === null ? 'none' : `[${scope.current.getId()}]`}.`,
    `Remedy: call detach() on it (or leverageTo() an outer workspace) before the scope of [${id}] ends, and keep the result.`,
  ];
  const made = creationOf(buffer);
  if (made !== undefined) lines.push(`The array was made\n${made}`);
  if (workspace.closeSite !== undefined) lines.push(`Its workspace was closed last\n${workspace.closeSite}`);
  return lines;
}

function reason({ buffer }: ArrayView, workspace: Nd4jWorkspace): string {
  if (workspace.isCircular) {
    return 'since then its memory in the circular buffer was handed out again, or freed because the buffer was rebuilt or destroyed';
  }
  if (!workspace.isScopeActive()) return 'the workspace is closed now';
  if (buffer.generation !== workspace.generation) return `generation ${workspace.generation} is open now`;
  if (buffer.stamp < 0) return 'the workspace was closed when the array was made';
  return 'the memory of that generation was freed by destroyWorkspace() or initializeWorkspace()';
}
