// Each test starts a runtime of its own: the modules are loaded afresh.

import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test, vi } from 'vitest';

const file = new URL('../../build/simd.wasm', import.meta.url);
const load = async () => (await import('../../src/index.ts')).Nd4j;
/** `(module)`: valid and empty. */
const EMPTY = Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

describe('Nd4j.init()', () => {
  beforeEach(() => {
    vi.resetModules();
  });

  test('starts with the bytes, the module or the URL of a build', async () => {
    const bytes = readFileSync(file);
    const compiled = new WebAssembly.Module(bytes);
    expect((await load()).init({ bytes }).build).toBe('supplied');
    vi.resetModules();
    const Nd4j = await load();
    expect(Nd4j.init({ module: compiled }).build).toBe('supplied');
    expect(Nd4j.ones(3).sumNumber()).toBe(3);
    vi.resetModules();
    expect((await (await load()).init({ url: file })).build).toBe('supplied');
  });

  test('deterministic: true pins plain SIMD and says so', async () => {
    const info = (await load()).init({ deterministic: true });
    expect(info).toMatchObject({ build: 'simd', deterministic: true, reason: 'deterministic: true pins plain SIMD' });
  });

  test('maxMemory bounds linear memory, and running into it is an error that leaves the runtime usable', async () => {
    const Nd4j = await load();
    expect(Nd4j.init({ maxMemory: 16 * 1024 * 1024 }).maxMemoryBytes).toBe(16 * 1024 * 1024);
    expect(() => Nd4j.zeros(8, 1024, 1024)).toThrow('Failed to allocate [33554432] bytes');
    expect(Nd4j.ones(1024).sumNumber()).toBe(1024);
  });

  test.each([
    [{ maxMemory: -1 }, 'Invalid maxMemory -1'],
    [{ maxMemory: 2 ** 33 }, 'Invalid maxMemory 8589934592'],
    [{ maxMemory: Number.NaN }, 'Invalid maxMemory NaN'],
    [{ threads: 4 }, 'Unknown option "threads" of init: known are module, bytes, url'],
    [{ bytes: EMPTY }, 'it is no build of ndarena'],
    [{ bytes: Uint8Array.from([1, 2, 3]) }, 'WebAssembly'],
  ])('refuses %j, and the next call can still start', async (options, message) => {
    const Nd4j = await load();
    expect(() => Nd4j.init(options as never)).toThrow(message);
    expect(Nd4j.init({}).build).not.toBe('supplied');
  });

  test('a URL that cannot be fetched rejects with what the host said', async () => {
    const Nd4j = await load();
    await expect(Nd4j.init({ url: new URL('nothing.wasm', file) })).rejects.toThrow('Cannot fetch file:');
    expect(Nd4j.zeros(1).length()).toBe(1);
  });

  test('an engine without SIMD gets an error that names the engines that have it', async () => {
    const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValue(false);
    const Nd4j = await load();
    expect(() => Nd4j.zeros(1)).toThrow('This engine has no WebAssembly SIMD');
    validate.mockRestore();
    expect(Nd4j.zeros(1).length()).toBe(1);
  });

  test('an engine with relaxed SIMD gets the relaxed build, rebuilt from the plain one', async () => {
    const { applyDelta } = await import('../../src/wasm/delta.ts');
    const { relaxedBytes, relaxedDelta } = await import('../../src/wasm/embedded.ts');
    const { unzlibSync } = await import('fflate');
    const rebuilt = applyDelta(readFileSync(file), unzlibSync(Buffer.from(relaxedDelta, 'base64')), relaxedBytes);
    expect(Buffer.from(rebuilt).equals(readFileSync(new URL('../../build/relaxed.wasm', import.meta.url)))).toBe(true);
  });
});
