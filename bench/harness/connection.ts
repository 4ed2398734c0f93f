// A conversation with one subject, wherever it runs. What crashes is started again for the next case.

import type { Reply, Request } from './serve.ts';

export interface Connection {
  ask(request: Request): Promise<Reply>;
  close(): Promise<void>;
}

/** The subject ended, or did not answer in time. */
export class Crashed extends Error {}

const PATIENCE_MS = 180_000;

/** The answer, or Crashed when it takes too long. */
export async function inTime<T>(answer: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Crashed(`no answer to "${what}" in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
