// Serves pages, bundles and the peers' own files to the browser, from this machine to itself.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('..', import.meta.url));
/** Address in a URL → folder. */
const ROOTS: readonly [prefix: string, root: string][] = [
  ['/subjects/', resolve(folder, 'build/browser')],
  ['/modules/', resolve(folder, 'node_modules')],
];
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};
/** An isolated page has a clock of 5 µs instead of 100. */
const ISOLATION = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'cross-origin-resource-policy': 'same-origin',
};

/** A page that loads one subject. Libraries that find no SharedArrayBuffer run in one thread, as in Node. */
const pageOf = (subject: string): string => `<!doctype html><meta charset="utf-8"><title>${subject}</title>
<script>delete globalThis.SharedArrayBuffer;</script><script type="module" src="/subjects/${subject}"></script>`;

/** The file a path stands for, or undefined outside the served folders. */
export function fileOf(path: string): string | undefined {
  for (const [prefix, root] of ROOTS) {
    if (!path.startsWith(prefix)) continue;
    const file = resolve(root, path.slice(prefix.length));
    if (file.startsWith(root + sep) && existsSync(file) && statSync(file).isFile()) return file;
  }
  return undefined;
}

export interface FileServer {
  readonly address: string;
  close(): void;
}

export async function serveFiles(): Promise<FileServer> {
  const server: Server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    const file = pathname === '/' ? undefined : fileOf(decodeURIComponent(pathname));
    if (pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html', ...ISOLATION });
      response.end(pageOf(searchParams.get('subject') ?? ''));
    } else if (file === undefined) {
      response.writeHead(404, ISOLATION).end();
    } else {
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...ISOLATION });
      response.end(readFileSync(file));
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => void server.close(),
  };
}
