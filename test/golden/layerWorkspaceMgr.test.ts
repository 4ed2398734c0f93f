// DL4J's recorded answers of LayerWorkspaceMgr, asked again in the same order: the questions of one file share their workspaces.

import { beforeAll, describe, expect, test } from 'vitest';
import { WorkspaceConfiguration } from '../../src/memory/configuration.ts';
import { scope } from '../../src/memory/currentWorkspace.ts';
import type { MemoryWorkspace } from '../../src/memory/memoryWorkspace.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import type { INDArray } from '../../src/ndarray/ndarray.ts';
import { type ArrayType, arrayTypes } from '../../src/nn/workspace/arrayType.ts';
import { LayerWorkspaceMgr } from '../../src/nn/workspace/layerWorkspaceMgr.ts';
import { goldenFiles } from '../support/golden.ts';
import { differenceOf } from './differences.ts';

interface Question {
  readonly what: string;
  readonly result?: unknown;
  readonly throws?: { readonly class: string; readonly message: string | null };
  readonly current: string | null;
}
interface Questions {
  readonly kind: string;
  readonly workspace: ConstructorParameters<typeof WorkspaceConfiguration>[0];
  readonly cases: readonly Question[];
}

const MESSAGE = 'the message';

/** What the questions of one file share: the manager, its workspaces W and V, and an array in each. */
class Bench {
  readonly manager: LayerWorkspaceMgr;
  readonly heap = LayerWorkspaceMgr.noWorkspaces().create('INPUT', 'FLOAT', 2, 3);
  readonly open: MemoryWorkspace[] = [];
  #inW: INDArray | undefined;
  #inV: INDArray | undefined;

  constructor(readonly configuration: WorkspaceConfiguration) {
    this.manager = LayerWorkspaceMgr.builder()
      .with('ACTIVATIONS', 'W', configuration)
      .with('INPUT', 'V', configuration)
      .noWorkspaceFor('FF_WORKING_MEM')
      .build();
  }

  get inW(): INDArray {
    this.#inW ??= this.manager.create('ACTIVATIONS', 'FLOAT', 2, 3);
    return this.#inW;
  }
  get inV(): INDArray {
    this.#inV ??= this.manager.create('INPUT', 'FLOAT', 2, 3);
    return this.#inV;
  }
  at(place: string): INDArray {
    return place === 'detached' ? this.heap : place === 'in W' ? this.inW : this.inV;
  }
  enter(type: ArrayType): void {
    this.open.push(this.manager.notifyScopeEntered(type));
  }
  closeAll(): void {
    for (let each = this.open.pop(); each; each = this.open.pop()) each.close();
  }
}

const same = (answer: INDArray, asked: INDArray): unknown => (answer === asked ? true : answer);
const ok = (call: () => void): string => {
  call();
  return 'ok';
};

type Answer = (bench: Bench, match: RegExpExecArray) => unknown;

/** How each question is asked; first match wins. Questions about other classes than LayerWorkspaceMgr are not ours. */
const asked: readonly (readonly [RegExp, Answer])[] = [
  [/^ArrayType values$/, () => `[${arrayTypes.join(', ')}]`],
  [/^hasConfiguration (\w+)$/, ({ manager }, [, type]) => manager.hasConfiguration(type as ArrayType)],
  [/^isScopedOut (\w+)$/, ({ manager }, [, type]) => manager.isScopedOut(type as ArrayType)],
  [/^getWorkspaceName (\w+)$/, ({ manager }, [, type]) => manager.getWorkspaceName(type as ArrayType)],
  [/^isWorkspaceOpen (\w+)$/, ({ manager }, [, type]) => manager.isWorkspaceOpen(type as ArrayType)],
  [/create without configuration/, ({ manager }) => manager.create('BP_WORKING_MEM', 'FLOAT', 2, 3)],
  [/create in closed workspace/, ({ manager }) => manager.create('ACTIVATIONS', 'FLOAT', 2, 3)],
  [/createUninitialized scoped out/, ({ manager }) => manager.createUninitialized('FF_WORKING_MEM', 'FLOAT', 2, 3)],
  [/dup in closed workspace/, ({ manager, heap }) => manager.dup('ACTIVATIONS', heap)],
  [
    /^leverageTo closed/,
    ({ manager }) => manager.leverageTo('ACTIVATIONS', LayerWorkspaceMgr.noWorkspaces().create('INPUT', 'FLOAT', 2)),
  ],
  [/^assertOpen without configuration/, ({ manager }) => ok(() => manager.assertOpen('BP_WORKING_MEM', MESSAGE))],
  [/^assertOpen scoped out/, ({ manager }) => ok(() => manager.assertOpen('FF_WORKING_MEM', MESSAGE))],
  [/^assertOpen/, ({ manager }) => ok(() => manager.assertOpen('ACTIVATIONS', MESSAGE))],
  [/^assertNotOpen scoped out/, ({ manager }) => ok(() => manager.assertNotOpen('FF_WORKING_MEM', MESSAGE))],
  [/^assertNotOpen/, ({ manager }) => ok(() => manager.assertNotOpen('ACTIVATIONS', MESSAGE))],
  [/^assertCurrentWorkspace without message/, ({ manager }) => ok(() => manager.assertCurrentWorkspace('ACTIVATIONS'))],
  [/^assertCurrentWorkspace of another/, ({ manager }) => ok(() => manager.assertCurrentWorkspace('INPUT', MESSAGE))],
  [/^assertCurrentWorkspace/, ({ manager }) => ok(() => manager.assertCurrentWorkspace('ACTIVATIONS', MESSAGE))],
  [/^notifyScopeBorrowed closed/, ({ manager }) => manager.notifyScopeBorrowed('ACTIVATIONS')],
  [
    /^entered ACT$/,
    (bench) => {
      bench.enter('ACTIVATIONS');
      return scope.current?.getId();
    },
  ],
  [/LM-01 create ACT/, (bench) => bench.inW],
  [/LM-01 create FF/, ({ manager }) => manager.create('FF_WORKING_MEM', 'FLOAT', 2, 3)],
  [/^create with order f/, ({ manager }) => manager.create('ACTIVATIONS', 'DOUBLE', [2, 3], 'f')],
  [
    /^createUninitialized with order f/,
    ({ manager }) => manager.createUninitialized('ACTIVATIONS', 'DOUBLE', [2, 3], 'f'),
  ],
  [
    /^made in V$/,
    (bench) => {
      bench.enter('INPUT');
      return bench.inV;
    },
  ],
  [
    /leverageTo (null|with override null)|leverageTo null with override/,
    ({ manager }) => manager.leverageTo('ACTIVATIONS', null as unknown as INDArray),
  ],
  [/^LM-03 leverageTo detached/, ({ manager, heap }) => same(manager.leverageTo('ACTIVATIONS', heap), heap)],
  [
    /^LM-03 leverageTo attached (in \w)/,
    (bench, [, place]) =>
      same(bench.manager.leverageTo('ACTIVATIONS', bench.at(place as string)), bench.at(place as string)),
  ],
  [/^LM-03 leverageTo scoped-out target/, ({ manager, inW }) => same(manager.leverageTo('FF_WORKING_MEM', inW), inW)],
  [
    /^leverageTo without configuration, detached/,
    ({ manager, heap }) => same(manager.leverageTo('BP_WORKING_MEM', heap), heap),
  ],
  [/^leverageTo without configuration/, ({ manager, inW }) => manager.leverageTo('BP_WORKING_MEM', inW)],
  [
    /^LM-04 validateArrayLocation (\w+) (detached|in \w) migrate=(\w+) exceptionIfDetached=(\w+)/,
    (bench, [, type, place, migrate, detached]) => {
      const array = bench.at(place as string);
      const result = bench.manager.validateArrayLocation(
        type as ArrayType,
        array,
        migrate === 'true',
        detached === 'true',
      );
      return result === array ? 'same' : result;
    },
  ],
  [
    /^LM-07/,
    ({ manager, heap }) => {
      using _borrowed = manager.notifyScopeBorrowed('ACTIVATIONS');
      return manager.dup('ACTIVATIONS', heap);
    },
  ],
  [/^dup to ACT/, ({ manager, heap }) => manager.dup('ACTIVATIONS', heap)],
  [
    /^dup of f order/,
    ({ manager }) => manager.dup('ACTIVATIONS', LayerWorkspaceMgr.noWorkspaces().create('INPUT', 'FLOAT', [2, 3], 'f')),
  ],
  [/^dup to FF/, ({ manager, inW }) => manager.dup('FF_WORKING_MEM', inW)],
  [
    /^LM-08 castTo same, dupIfCorrectType/,
    ({ manager, inW }) => same(manager.castTo('ACTIVATIONS', 'FLOAT', inW, true), inW),
  ],
  [
    /^LM-08 castTo same, target scoped out/,
    ({ manager, inW }) => same(manager.castTo('FF_WORKING_MEM', 'FLOAT', inW, false), inW),
  ],
  [
    /^LM-08 castTo same, (detached|in \w)/,
    (bench, [, place]) =>
      same(bench.manager.castTo('ACTIVATIONS', 'FLOAT', bench.at(place as string), false), bench.at(place as string)),
  ],
  [/^castTo other, scoped out/, ({ manager, inW }) => manager.castTo('FF_WORKING_MEM', 'DOUBLE', inW, false)],
  [/^castTo other/, ({ manager, inW }) => manager.castTo('ACTIVATIONS', 'DOUBLE', inW, false)],
  [
    /^(enter|borrow) scoped-out type/,
    ({ manager }, [, how]) => {
      using _scope =
        how === 'enter' ? manager.notifyScopeEntered('FF_WORKING_MEM') : manager.notifyScopeBorrowed('FF_WORKING_MEM');
      return scope.current === null ? 'none' : scope.current.getId();
    },
  ],
  [/^enter without configuration/, ({ manager }) => manager.notifyScopeEntered('BP_WORKING_MEM')],
  [
    /^LM-05 leverageTo with override/,
    ({ manager, inV }) => {
      manager.setNoLeverageOverride('V');
      return same(manager.leverageTo('ACTIVATIONS', inV), inV);
    },
  ],
  [
    /^LM-05 validate with override/,
    ({ manager, inV }) => same(manager.validateArrayLocation('ACTIVATIONS', inV, false, true), inV),
  ],
  [
    /^LM-06 name after setScopedOutFor/,
    ({ manager }) => {
      manager.setScopedOutFor('ACTIVATIONS');
      return manager.getWorkspaceName('ACTIVATIONS');
    },
  ],
  [/^LM-06 hasConfiguration/, ({ manager }) => manager.hasConfiguration('ACTIVATIONS')],
  [/^LM-06 getConfiguration/, ({ manager }) => String(manager.getConfiguration('ACTIVATIONS'))],
  [
    /^LM-06 isScopedOut after setWorkspaceName/,
    ({ manager }) => {
      manager.setWorkspaceName('ACTIVATIONS', 'W');
      return manager.isScopedOut('ACTIVATIONS');
    },
  ],
  [
    /^LM-06 isScopedOut after setWorkspace$/,
    ({ manager, configuration }) => {
      manager.setWorkspace('ACTIVATIONS', 'W', configuration);
      return manager.isScopedOut('ACTIVATIONS');
    },
  ],
  [
    /^LM-06 builder/,
    (bench) => {
      bench.closeAll();
      return LayerWorkspaceMgr.builder()
        .noWorkspaceFor('INPUT')
        .with('INPUT', 'W', bench.configuration)
        .build()
        .isScopedOut('INPUT');
    },
  ],
  [
    /^builder: defaultNoWorkspace/,
    ({ configuration }) => {
      const built = LayerWorkspaceMgr.builder().with('INPUT', 'W', configuration).defaultNoWorkspace().build();
      return `${built.isScopedOut('INPUT')} ${built.isScopedOut('ACTIVATIONS')}`;
    },
  ],
  [
    /^builder: defaultWorkspace/,
    ({ configuration }) => {
      const built = LayerWorkspaceMgr.builder()
        .with('INPUT', 'W', configuration)
        .noWorkspaceFor('ACTIVATIONS')
        .defaultWorkspace('D', configuration)
        .build();
      return `${built.getWorkspaceName('INPUT')} ${built.getWorkspaceName('ACTIVATIONS')} ${built.getWorkspaceName('ACTIVATION_GRAD')}`;
    },
  ],
  [/^LM-09/, ({ configuration }) => new LayerWorkspaceMgr([], new Map([['INPUT', configuration]]), new Map())],
  [
    /^noWorkspaces$/,
    () => {
      const none = LayerWorkspaceMgr.noWorkspaces();
      return {
        scopedOut: arrayTypes.every((type) => none.isScopedOut(type)),
        created: none.create('INPUT', 'FLOAT', 2),
      };
    },
  ],
  [
    /^noWorkspacesImmutable setWorkspace/,
    ({ configuration }) => LayerWorkspaceMgr.noWorkspacesImmutable().setWorkspace('INPUT', 'W', configuration),
  ],
  [
    /^noWorkspacesImmutable setScopedOutFor/,
    () => ok(() => LayerWorkspaceMgr.noWorkspacesImmutable().setScopedOutFor('INPUT')),
  ],
  [
    /^notifyScopeEntered of two types/,
    ({ configuration }) => {
      const both = LayerWorkspaceMgr.builder()
        .with('ACTIVATIONS', 'W', configuration)
        .with('INPUT', 'V', configuration)
        .build();
      using _scopes = both.notifyScopeEntered('ACTIVATIONS', 'INPUT');
      return scope.current?.getId();
    },
  ],
];

/** An array as the files describe it; other values as they are. */
function described(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value ?? null;
  if ('buffer' in value) {
    const array = value as INDArray;
    const owner = array.buffer.workspace?.getId() ?? null;
    return {
      attached: array.isAttached(),
      owner,
      type: array.dataType(),
      shape: array.shape(),
      ordering: array.ordering(),
    };
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, described(each)]));
}

const files = goldenFiles('memory').map((file) => [file.name, file.read() as Questions] as const);
const ours = files.filter(
  ([, { kind, cases }]) => kind === 'questions' && cases.some(({ what }) => what.startsWith('LM-')),
);

interface Answered {
  readonly question: Question;
  readonly answer: unknown;
  readonly error: Error | undefined;
  readonly current: string | null;
}

/** Asks all questions in one synchronous stretch, for a scope must not stay open across an await. */
function askAll({ workspace, cases }: Questions): Answered[] {
  const bench = new Bench(new WorkspaceConfiguration(workspace));
  const answered: Answered[] = [];
  for (const question of cases) {
    const entry = asked.find(([pattern]) => pattern.test(question.what));
    if (entry === undefined) continue;
    let answer: unknown;
    let error: Error | undefined;
    try {
      answer = described(entry[1](bench, entry[0].exec(question.what) as RegExpExecArray));
    } catch (thrown) {
      error = thrown as Error;
    }
    answered.push({ question, answer, error, current: scope.current?.getId() ?? null });
  }
  bench.closeAll();
  workspaceManager.destroyAllWorkspacesForCurrentThread();
  return answered;
}

describe.runIf(ours.length > 0)('LayerWorkspaceMgr answers as DL4J does', () => {
  for (const [file, questions] of ours) {
    let answers: Answered[] = [];
    beforeAll(() => {
      answers = askAll(questions);
    });
    for (const { what } of questions.cases) {
      if (!asked.some(([pattern]) => pattern.test(what))) continue;
      const difference = differenceOf('memory', `${file}/${what}`);
      test(`${file}: ${what}${difference === undefined ? '' : ` (differs: ${difference})`}`, () => {
        const { question, answer, error, current } = answers.find((each) => each.question.what === what) as Answered;
        if (question.throws === undefined) {
          expect(error).toBeUndefined();
          expect(answer).toEqual(question.result);
        } else {
          expect(error).toBeInstanceOf(Error);
          if (difference === undefined) expect(error?.message.split('\n')[0]).toBe(question.throws.message);
        }
        expect(current).toBe(question.current);
      });
    }
  }
});
