// A walk through workspaces: fixed, learning, of variable size, nested, circular; taking results out; scoping out.
//
//   npm run example -- workspaces

import { Nd4j, WorkspaceConfiguration } from 'ndarena';

const ARRAY_BYTES = 4 * 100 * 100; // FLOAT 100 × 100
const manager = Nd4j.getWorkspaceManager();

type Print = (line: string) => void;

/** Prints one chapter after the other; `print` gets every line. */
export function workspaces(print: Print): void {
  const chapters: [string, (print: Print) => void][] = [
    ['A workspace of fixed size', fixedSize],
    ['A workspace that learns its size in the first cycle', learning],
    ['Cycles of variable size', variableSizes],
    ['Workspaces within workspaces', nested],
    ['Results that stay: detach and leverageTo', movingOut],
    ['A circular workspace', circular],
    ['Scoping out', scopingOut],
  ];
  for (const [index, [title, chapter]] of chapters.entries()) {
    print(`${index + 1}. ${title}`);
    chapter((line) => print(`   ${line}`));
    for (const line of manager.getAllocationStatistics().trimEnd().split('\n')) print(`   | ${line}`);
    manager.destroyAllWorkspacesForCurrentThread();
  }
}

/** The size is known: memory is taken once, every cycle begins at its start. */
function fixedSize(print: Print): void {
  const configuration = WorkspaceConfiguration.builder()
    .initialSize(ARRAY_BYTES)
    .policyAllocation('STRICT')
    .policyLearning('NONE')
    .build();
  for (let cycle = 1; cycle <= 2; cycle++) {
    using workspace = manager.getAndActivateWorkspace(configuration, 'FIXED');
    const x = Nd4j.ones(100, 100);
    print(
      `cycle ${cycle}: sum ${x.sumNumber()}, attached ${x.isAttached()}, ${workspace.getCurrentOffset()} of ${workspace.getCurrentSize()} bytes used`,
    );
  }
}

/** The size is not known: the first cycle allocates outside and is measured, from then on everything fits. */
function learning(print: Print): void {
  const configuration = WorkspaceConfiguration.builder()
    .policyAllocation('STRICT')
    .policyLearning('FIRST_LOOP')
    .build();
  for (let cycle = 1; cycle <= 3; cycle++) {
    using workspace = manager.getAndActivateWorkspace(configuration, 'LEARNING');
    for (let i = 0; i < 3; i++) Nd4j.zeros(100, 100);
    print(
      `cycle ${cycle}: size ${workspace.getCurrentSize()}, outside ${workspace.getSpilledSize()} bytes in ${workspace.getNumberOfExternalAllocations()} allocations`,
    );
  }
}

/** Cycles differ: over-allocation leaves room, and what still does not fit goes outside until the scope ends. */
function variableSizes(print: Print): void {
  const configuration = WorkspaceConfiguration.builder()
    .overallocationLimit(0.5)
    .policyAllocation('OVERALLOCATE')
    .policyLearning('FIRST_LOOP')
    .policySpill('EXTERNAL')
    .build();
  for (const arrays of [2, 3, 5, 1]) {
    using workspace = manager.getAndActivateWorkspace(configuration, 'VARIABLE');
    for (let i = 0; i < arrays; i++) Nd4j.zeros(100, 100);
    print(
      `${arrays} arrays: size ${workspace.getCurrentSize()}, used ${workspace.getCurrentOffset()}, outside ${workspace.getSpilledSize()}`,
    );
  }
}

/** Arrays go to the innermost scope; leaving it returns to the outer one. */
function nested(print: Print): void {
  const configuration = WorkspaceConfiguration.builder()
    .initialSize(10 * ARRAY_BYTES)
    .policyAllocation('STRICT')
    .policyLearning('NONE')
    .build();
  using outer = manager.getAndActivateWorkspace(configuration, 'OUTER');
  Nd4j.zeros(100, 100);
  {
    using inner = manager.getAndActivateWorkspace(configuration, 'INNER');
    Nd4j.zeros(100, 100);
    {
      using borrowed = outer.notifyScopeBorrowed();
      Nd4j.zeros(100, 100);
      print(`borrowing ${borrowed.getId()}: outer ${outer.getCurrentOffset()}, inner ${inner.getCurrentOffset()}`);
    }
    Nd4j.zeros(100, 100);
    print(`back in ${inner.getId()}: outer ${outer.getCurrentOffset()}, inner ${inner.getCurrentOffset()}`);
  }
  Nd4j.zeros(100, 100);
  print(`back in ${outer.getId()}: outer ${outer.getCurrentOffset()}`);
}

/** `detach` copies to the heap, `leverageTo` into a workspace that lives longer; a leaked array is an error that says so. */
function movingOut(print: Print): void {
  const configuration = WorkspaceConfiguration.builder()
    .initialSize(10 * ARRAY_BYTES)
    .policyAllocation('STRICT')
    .policyLearning('NONE')
    .build();
  using outer = manager.getAndActivateWorkspace(configuration, 'OUTER');
  const [kept, leveraged, leaked] = (() => {
    using _inner = manager.getAndActivateWorkspace(configuration, 'INNER');
    const x = Nd4j.valueArrayOf([100, 100], 2);
    return [x.detach(), x.leverageTo('OUTER'), x];
  })();
  print(`detached: attached ${kept.isAttached()}, sum ${kept.sumNumber()}`);
  print(
    `leveraged: attached ${leveraged.isAttached()}, sum ${leveraged.sumNumber()}, outer ${outer.getCurrentOffset()} bytes used`,
  );
  try {
    leveraged.assign(leaked);
  } catch (error) {
    print(`leaked: ${(error as Error).message.split('\n')[0]}`);
  }
  kept.close();
}

/** The write position goes round: an array lives until its place comes round again, whatever scopes end meanwhile. */
function circular(print: Print): void {
  const configuration = WorkspaceConfiguration.builder()
    .initialSize(4 * ARRAY_BYTES)
    .policyReset('ENDOFBUFFER_REACHED')
    .policyAllocation('STRICT')
    .policyLearning('NONE')
    .build();
  const arrays = [1, 2, 3, 4, 5].map((value) => {
    using workspace = manager.getAndActivateWorkspace(configuration, 'CIRCULAR');
    const x = Nd4j.valueArrayOf([100, 100], value);
    print(`array ${value}: written up to ${workspace.getCurrentOffset()} of ${workspace.getCurrentSize()}`);
    return x;
  });
  print(`array 2 after its scope: mean ${arrays[1]?.meanNumber()}`);
  try {
    arrays[0]?.meanNumber();
  } catch (error) {
    print(`array 1: ${(error as Error).message.split('\n')[0]}`);
  }
}

/** Inside of a scope, one part of the work can allocate on the heap. */
function scopingOut(print: Print): void {
  const configuration = WorkspaceConfiguration.builder()
    .initialSize(10 * ARRAY_BYTES)
    .policyAllocation('STRICT')
    .policyLearning('NONE')
    .build();
  using workspace = manager.getAndActivateWorkspace(configuration, 'SCOPED');
  const inside = Nd4j.zeros(100, 100);
  const outside = (() => {
    using _out = manager.scopeOutOfWorkspaces();
    return Nd4j.zeros(100, 100);
  })();
  print(
    `inside attached ${inside.isAttached()}, outside attached ${outside.isAttached()}, ${workspace.getCurrentOffset()} bytes used`,
  );
  outside.close();
}
