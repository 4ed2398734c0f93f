// The other end of browserPage.ts: answers requests that the page is asked to evaluate.

import { handlerOf } from './serve.ts';
import type { Subject } from './subject.ts';

export function serveInPage(subject: Subject): void {
  (globalThis as { answer?: unknown }).answer = handlerOf(subject);
}
