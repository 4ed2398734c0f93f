// What the smoke test of the built package must report, wherever it ran.

import { expect } from 'vitest';

/** The answer of `test/platform/smokePage.js`. */
export interface SmokeReport {
  product: number[][];
  sizes: number[];
  message: string;
  output: number[];
  score: number;
  build: string;
  workspaces: string[];
}

export function expectSmoke(report: SmokeReport): void {
  expect(report.product).toEqual([
    [19, 22],
    [43, 50],
  ]);
  expect(report.sizes).toEqual([0, 416, 416]);
  expect(report.message.split('\n').slice(0, 2)).toEqual([
    'ND4JIllegalStateException: Op [set] Y argument uses leaked workspace pointer from workspace [LOOP_EXTERNAL]',
    'For more details, see the ND4J User Guide: nd4j.org/userguide#workspaces-panic',
  ]);
  expect(report.output.map(Math.round)).toEqual([0, 1, 1, 0]);
  expect(report.score).toBeLessThan(0.1);
  expect(report.workspaces).toEqual([]);
}
