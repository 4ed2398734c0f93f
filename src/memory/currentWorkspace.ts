// The current workspace of this realm: where new arrays go. A leaf module, so that buffers and workspaces can share it.

import type { Nd4jWorkspace } from './workspace.ts';

/** `current` is null when arrays are detached; only workspaces (enter, close, borrow, scope out) change it. */
export const scope: { current: Nd4jWorkspace | null } = { current: null };
