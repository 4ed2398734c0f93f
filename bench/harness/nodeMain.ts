// The other end of nodeProcess.ts: answers requests over the process's channel, one at a time, until the parent is gone.

import { handlerOf, type Request } from './serve.ts';
import type { Subject } from './subject.ts';

export function serveInNode(subject: Subject): void {
  const handle = handlerOf(subject);
  process.on('message', async (request: Request) => {
    const reply = await handle(request);
    if (process.connected) process.send?.(reply);
  });
  process.on('disconnect', () => process.exit());
  // Ctrl-C reaches the whole group; the parent decides what ends.
  process.on('SIGINT', () => {});
}
