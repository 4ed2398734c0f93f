// What V8's optimizing compiler makes of the WebAssembly module: the innermost loops of every function, read from its own disassembly.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Loop {
  /** Name of the kernel without its folder: `gemmTile/multiplyTile<f32>`. */
  readonly kernel: string;
  readonly instructions: number;
  /** Packed floating-point operations. */
  readonly arithmetic: number;
  /** Moves to and from the stack. */
  readonly spills: number;
  readonly calls: number;
}

const MODULE = fileURLToPath(new URL('../../build/simd.names.wasm', import.meta.url));
const FLAGS = ['--no-liftoff', '--no-wasm-dynamic-tiering', '--no-wasm-lazy-compilation', '--print-wasm-code'];
const COMPILE = `new WebAssembly.Module(require('node:fs').readFileSync(${JSON.stringify(MODULE)}))`;
const INSTRUCTION = /^0x[0-9a-f]+\s+([0-9a-f]+)\s+[0-9a-f]+\s+(.*)$/;
const JUMP = /^j\w+ .*<\+0x([0-9a-f]+)>/;

interface Instruction {
  readonly at: number;
  readonly text: string;
}

/** Innermost backward jumps of one function's code. */
function innermost(code: readonly Instruction[]): readonly (readonly [number, number])[] {
  const loops: [number, number][] = [];
  for (const { at, text } of code) {
    const target = Number.parseInt(JUMP.exec(text)?.[1] ?? '', 16);
    if (target < at) loops.push([target, at]);
  }
  return loops.filter((a) => !loops.some((b) => b !== a && b[0] >= a[0] && b[1] <= a[1]));
}

/** All innermost loops with packed arithmetic; undefined where this engine prints no x64 code. */
export function innermostLoops(): readonly Loop[] | undefined {
  const { stdout } = spawnSync(process.execPath, [...FLAGS, '-e', COMPILE], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const functions = stdout.split('--- WebAssembly code ---').slice(1);
  if (process.arch !== 'x64' || functions.length === 0) return undefined;
  return functions.flatMap((printed) => {
    const kernel = (/^name: (.*)/m.exec(printed)?.[1] ?? '').replace('assembly/kernels/', '');
    const code = printed.split('\n').flatMap((line): Instruction[] => {
      const match = INSTRUCTION.exec(line);
      const text = match?.[2] ?? 'nop';
      return text.startsWith('nop') ? [] : [{ at: Number.parseInt(match?.[1] ?? '', 16), text }];
    });
    return innermost(code).flatMap(([from, to]) => {
      const body = code.filter(({ at }) => at >= from && at <= to).map(({ text }) => text);
      const count = (pattern: RegExp): number => body.filter((text) => pattern.test(text)).length;
      const arithmetic = count(/^v(?!mov)\w*p[sd] /);
      if (arithmetic === 0) return [];
      const spills = count(/mov\w* .*\[rbp/);
      return [{ kernel, instructions: body.length, arithmetic, spills, calls: count(/^(REX\.W )?call/) }];
    });
  });
}
