// Headless Chromium as the engine: every subject in a page of its own.

import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { bundleForBrowser } from './bundle.ts';
import { type Connection, Crashed, inTime } from './connection.ts';
import type { Engine } from './engine.ts';
import { serveFiles } from './fileServer.ts';
import { type Reply, type Request, shortened } from './serve.ts';
import type { SubjectProcess } from './subjects.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Pages in the background run at full speed: only one works at a time.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc',
];

/** @throws when there is no Chromium */
export async function browserEngine(executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'): Promise<Engine> {
  if (!existsSync(executablePath)) {
    throw new Error(`Cannot run in a browser: no Chromium at ${executablePath}; name one in CHROMIUM`);
  }
  const server = await serveFiles();
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  return {
    name: `Chromium ${browser.version()}`,
    files: '/modules',
    launch: (subject) => openPage(browser, server.address, subject),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

async function openPage(browser: Browser, address: string, subject: SubjectProcess): Promise<Connection> {
  const file = basename(await bundleForBrowser(subject));
  const context = await browser.newContext();
  const page = await context.newPage();
  const failures: string[] = [];
  page.on('pageerror', (error) => failures.push(shortened(error)));
  await page.goto(`${address}/?subject=${encodeURIComponent(file)}`);
  try {
    await page.waitForFunction('globalThis.answer', undefined, { timeout: 20_000 });
  } catch {
    await context.close();
    throw new Error(failures[0] ?? 'the page did not load');
  }
  return new PageConnection(page);
}

class PageConnection implements Connection {
  readonly #page: Page;
  readonly #crash: Promise<never>;

  constructor(page: Page) {
    this.#page = page;
    this.#crash = new Promise((_, reject) => {
      page.on('crash', () => reject(new Crashed('the page crashed')));
    });
    this.#crash.catch(() => {});
  }

  async ask(request: Request): Promise<Reply> {
    const answer = this.#page.evaluate(
      (given) => (globalThis as unknown as { answer: (given: Request) => Promise<Reply> }).answer(given),
      request,
    );
    answer.catch(() => {});
    try {
      return await inTime(Promise.race([answer, this.#crash]), request.type);
    } catch (error) {
      await this.close();
      throw error instanceof Crashed ? error : new Crashed(shortened(error));
    }
  }

  async close(): Promise<void> {
    await this.#page.context().close();
  }
}
