// The built package in headless Chromium, served from localhost under a strict Content-Security-Policy.

import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectSmoke, type SmokeReport } from '../support/smoke.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const installed = existsSync(executablePath);
/** No inline scripts, no eval, no network beyond this origin: WebAssembly alone may be compiled. */
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'";
const PAGE =
  '<!doctype html><meta charset="utf-8"><title>ndarena</title><script type="module" src="/main.js"></script>';
const MAIN = `import * as ndarena from '/dist/index.js';
import { smoke } from '/test/platform/smokePage.js';
smoke(ndarena).then((report) => { globalThis.report = report; }, (error) => { globalThis.report = { failed: String(error.stack) }; });`;

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const file = join(root, path);
    const type = extname(path) === '.js' ? 'text/javascript' : 'text/html';
    const body =
      path === '/'
        ? PAGE
        : path === '/main.js'
          ? MAIN
          : file.startsWith(root) && existsSync(file)
            ? readFileSync(file)
            : undefined;
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'content-security-policy': POLICY });
    response.end(body);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

const where = installed ? '' : ` (skipped: no Chromium at ${executablePath})`;
describe.skipIf(!installed)(`the built package in Chromium under a strict CSP${where}`, () => {
  let server: Server;
  beforeAll(async () => {
    server = await serve();
  });
  afterAll(() => {
    server?.close();
  });

  test('arrays, a workspace loop, training and a leak error give what they give in Node', async () => {
    const browser = await chromium.launch({
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      page.on('console', (line) => {
        if (line.type() === 'error' && !line.text().includes('favicon')) problems.push(line.text());
      });
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      const report = await page.waitForFunction('globalThis.report', undefined, { timeout: 30_000 });
      const value = (await report.jsonValue()) as SmokeReport & { failed?: string };
      expect(value.failed).toBeUndefined();
      expectSmoke(value);
      // Chromium has relaxed SIMD since version 114.
      expect(value.build).toBe('relaxed');
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
