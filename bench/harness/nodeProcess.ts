// A subject in a Node process of its own.

import { type ChildProcess, fork } from 'node:child_process';
import { bundleForNode } from './bundle.ts';
import { type Connection, Crashed, inTime } from './connection.ts';
import { type Reply, type Request, shortened } from './serve.ts';
import type { SubjectProcess } from './subjects.ts';

/** Node before 21 has relaxed SIMD behind this flag; later ones know it no more, or need it no more. */
const RELAXED_FLAG = '--experimental-wasm-relaxed-simd';
const needsFlag = Number(process.versions.node.split('.')[0]) < 21;

/** None outlives this process, however it ends. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export async function startNodeProcess(subject: SubjectProcess): Promise<Connection> {
  const file = await bundleForNode(subject);
  const flags = ['--expose-gc', ...(subject.isRelaxed && needsFlag ? [RELAXED_FLAG] : [])];
  const child = fork(file, { execArgv: flags, serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  return new NodeConnection(child);
}

class NodeConnection implements Connection {
  #errors = '';
  #pending: { resolve(reply: Reply): void; reject(error: Error): void } | undefined;
  #ended: Crashed | undefined;
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
    running.add(child);
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = (this.#errors + text).slice(-4000);
    });
    child.on('message', (reply: Reply) => this.#pending?.resolve(reply));
    child.on('error', (error) => this.#end(shortened(error)));
    child.on('exit', (code, signal) => this.#end(this.#lastWords() || `ended with ${signal ?? `code ${code}`}`));
  }

  async ask(request: Request): Promise<Reply> {
    if (this.#ended) throw this.#ended;
    const answer = new Promise<Reply>((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#child.send(request, (error) => {
        if (error) this.#end(shortened(error));
      });
    });
    try {
      return await inTime(answer, request.type);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#ended ??= new Crashed('closed');
    this.#child.kill('SIGKILL');
  }

  #end(message: string): void {
    running.delete(this.#child);
    this.#ended ??= new Crashed(message);
    this.#pending?.reject(this.#ended);
  }

  /** The line of standard error that names an error. */
  #lastWords(): string {
    const line = this.#errors.split('\n').find((each) => /\w*Error\b|^#|FATAL/.test(each));
    return line ? shortened(line) : '';
  }
}
