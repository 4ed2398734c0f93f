// Every line that `npm run example -- workspaces` prints.

import { expect, test } from 'vitest';
import { workspaces } from '../../examples/workspaces.ts';
import { Nd4j } from '../../src/index.ts';

const EXPECTED = [
  '1. A workspace of fixed size',
  '   cycle 1: sum 10000, attached true, 40000 of 40000 bytes used',
  '   cycle 2: sum 10000, attached true, 40000 of 40000 bytes used',
  '   | Workspace statistics: ---------------------------------',
  '   | Number of workspaces in current thread: 1',
  '   | Workspace name: Allocated / external (spilled) / external (pinned)',
  '   | FIXED:                     39.06 KiB /    .00 B /    .00 B (      40000 /           0 /           0)',
  '2. A workspace that learns its size in the first cycle',
  '   cycle 1: size 0, outside 120000 bytes in 3 allocations',
  '   cycle 2: size 120000, outside 0 bytes in 0 allocations',
  '   cycle 3: size 120000, outside 0 bytes in 0 allocations',
  '   | Workspace statistics: ---------------------------------',
  '   | Number of workspaces in current thread: 1',
  '   | Workspace name: Allocated / external (spilled) / external (pinned)',
  '   | LEARNING:                  117.19 KiB /    .00 B /    .00 B (     120000 /           0 /           0)',
  '3. Cycles of variable size',
  '   2 arrays: size 0, used 0, outside 80000',
  '   3 arrays: size 120000, used 120000, outside 0',
  '   5 arrays: size 120000, used 120000, outside 80000',
  '   1 arrays: size 120000, used 40000, outside 0',
  '   | Workspace statistics: ---------------------------------',
  '   | Number of workspaces in current thread: 1',
  '   | Workspace name: Allocated / external (spilled) / external (pinned)',
  '   | VARIABLE:                  117.19 KiB /    .00 B /    .00 B (     120000 /           0 /           0)',
  '4. Workspaces within workspaces',
  '   borrowing OUTER: outer 80000, inner 40000',
  '   back in INNER: outer 80000, inner 80000',
  '   back in OUTER: outer 120000',
  '   | Workspace statistics: ---------------------------------',
  '   | Number of workspaces in current thread: 2',
  '   | Workspace name: Allocated / external (spilled) / external (pinned)',
  '   | OUTER:                     390.63 KiB /    .00 B /    .00 B (     400000 /           0 /           0)',
  '   | INNER:                     390.63 KiB /    .00 B /    .00 B (     400000 /           0 /           0)',
  '5. Results that stay: detach and leverageTo',
  '   detached: attached false, sum 20000',
  '   leveraged: attached true, sum 20000, outer 40000 bytes used',
  '   leaked: Op [set] Y argument uses leaked workspace pointer from workspace [INNER]',
  '   | Workspace statistics: ---------------------------------',
  '   | Number of workspaces in current thread: 2',
  '   | Workspace name: Allocated / external (spilled) / external (pinned)',
  '   | OUTER:                     390.63 KiB /    .00 B /    .00 B (     400000 /           0 /           0)',
  '   | INNER:                     390.63 KiB /    .00 B /    .00 B (     400000 /           0 /           0)',
  '6. A circular workspace',
  '   array 1: written up to 40000 of 160000',
  '   array 2: written up to 80000 of 160000',
  '   array 3: written up to 120000 of 160000',
  '   array 4: written up to 160000 of 160000',
  '   array 5: written up to 40000 of 160000',
  '   array 2 after its scope: mean 2',
  '   array 1: Op [mean] X argument uses leaked workspace pointer from workspace [CIRCULAR]',
  '   | Workspace statistics: ---------------------------------',
  '   | Number of workspaces in current thread: 1',
  '   | Workspace name: Allocated / external (spilled) / external (pinned)',
  '   | CIRCULAR:                  156.25 KiB /    .00 B /    .00 B (     160000 /           0 /           0)',
  '7. Scoping out',
  '   inside attached true, outside attached false, 40000 bytes used',
  '   | Workspace statistics: ---------------------------------',
  '   | Number of workspaces in current thread: 1',
  '   | Workspace name: Allocated / external (spilled) / external (pinned)',
  '   | SCOPED:                    390.63 KiB /    .00 B /    .00 B (     400000 /           0 /           0)',
];

test('the workspaces example prints sizes, offsets, spills and errors of every step', () => {
  const lines: string[] = [];
  workspaces((line) => lines.push(line));
  expect(lines).toEqual(EXPECTED);
});

test('the workspaces example leaves no workspace behind', () => {
  workspaces(() => {});
  expect(Nd4j.getWorkspaceManager().getAllWorkspacesIdsForCurrentThread()).toEqual([]);
  expect(Nd4j.getMemoryManager().getCurrentWorkspace()).toBeNull();
});
