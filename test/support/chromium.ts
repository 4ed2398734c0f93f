// Runs a module of the project on the built package in headless Chromium, served from localhost under a strict Content-Security-Policy.

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const hasChromium = existsSync(executablePath);
/** What the name of a skipped suite says. */
export const chromiumReason = hasChromium ? '' : ` (skipped: no Chromium at ${executablePath})`;

/** No inline scripts, no eval, no network beyond this origin: WebAssembly alone may be compiled. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>ndarena</title><script type="module" src="/main.js"></script>';
const QUIET = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
const FLAGS = ['--no-sandbox', ...QUIET, '--disable-component-update', '--disable-sync'];

function serve(main: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = join(root, path);
    const made: Record<string, string> = { '/': PAGE, '/main.js': main };
    const body = made[path] ?? (file.startsWith(root) && existsSync(file) ? readFileSync(file) : undefined);
    const type = extname(path) === '.js' ? 'text/javascript' : 'text/html';
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'content-security-policy': POLICY });
    response.end(body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/**
 * The answer of `name(ndarena)`, an export of the module at `path` (from the project's root), and what the page complained of.
 * @throws {Error} with the page's stack when the function fails
 */
export async function inChromium<T>(path: string, name: string): Promise<{ value: T; problems: string[] }> {
  const server = await serve(`import * as ndarena from '/dist/index.js';
import { ${name} } from '/${path}';
Promise.resolve(ndarena).then(${name}).then((value) => { globalThis.report = { value }; },
  (error) => { globalThis.report = { failed: String(error.stack) }; });`);
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  try {
    const page = await browser.newPage();
    const problems: string[] = [];
    page.on('console', (line) => {
      if (line.type() === 'error' && !line.text().includes('favicon')) problems.push(line.text());
    });
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const report = await page.waitForFunction('globalThis.report', undefined, { timeout: 50_000 });
    const { value, failed } = (await report.jsonValue()) as { value: T; failed?: string };
    if (failed !== undefined) throw new Error(failed);
    return { value, problems };
  } finally {
    await browser.close();
    server.close();
  }
}
