// Where arrays were made and scopes ended, recorded only when asked for: setStackTraces(true) or enableDebug(true).

const creations = new WeakMap<object, string>();

/** The stack of the caller, without this package's own topmost frames. */
export function callSite(): string {
  const lines = (new Error().stack ?? '').split('\n').slice(1);
  const own = lines.findIndex((line) => !/[/\\](?:src|dist)[/\\](?:memory|ndarray|ops|index\.js)/.test(line));
  return lines.slice(Math.max(own, 0)).join('\n');
}

export function recordCreation(owner: object): void {
  creations.set(owner, callSite());
}

/** The stack recorded for a buffer, or undefined. */
export function creationOf(owner: object): string | undefined {
  return creations.get(owner);
}
