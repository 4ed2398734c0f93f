// The built package in headless Chromium under a strict Content-Security-Policy.

import { describe, expect, test } from 'vitest';
import { chromiumReason, hasChromium, inChromium } from '../support/chromium.ts';
import { expectSmoke, type SmokeReport } from '../support/smoke.ts';

describe.skipIf(!hasChromium)(`the built package in Chromium under a strict CSP${chromiumReason}`, () => {
  test('arrays, a workspace loop, training and a leak error give what they give in Node', async () => {
    const { value, problems } = await inChromium<SmokeReport>('test/platform/smokePage.js', 'smoke');
    expectSmoke(value);
    // Chromium has relaxed SIMD since version 114.
    expect(value.build).toBe('relaxed');
    expect(problems).toEqual([]);
  });
});
