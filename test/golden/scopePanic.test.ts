// DL4J's scope panic, recorded: which operations notice an array whose workspace is closed or begun anew. Ours notice at least those.

import { afterEach, describe, expect, test } from 'vitest';
import { denseGeometry } from '../../src/core/geometry.ts';
import type { WorkspaceConfigurationOptions } from '../../src/memory/configuration.ts';
import { scope } from '../../src/memory/currentWorkspace.ts';
import { assertValidArray } from '../../src/memory/validity.ts';
import { workspaceManager } from '../../src/memory/workspaceManager.ts';
import { BooleanIndexing } from '../../src/ndarray/booleanIndexing.ts';
import { Broadcast } from '../../src/ndarray/broadcast.ts';
import { Conditions } from '../../src/ndarray/conditions.ts';
import { Nd4j } from '../../src/ndarray/nd4j.ts';
import { NDArrayIndex } from '../../src/ndarray/ndArrayIndex.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { Transforms } from '../../src/ndarray/transforms.ts';
import { goldenFiles } from '../support/golden.ts';
import { zeros } from '../support/memoryArrays.ts';
import { resetMemory } from '../support/memoryReset.ts';
import { differenceOf } from './differences.ts';

interface PanicCase {
  op: string;
  leaked: string;
  kind: 'closed' | 'outdated';
  throws: { class: string; message: string; cause?: { message: string } } | null;
  currentAfter: string | null;
}
interface PanicFile {
  kind: string;
  workspace: WorkspaceConfigurationOptions;
  cases: PanicCase[];
}

const fresh = (...shape: number[]): NDArray => zeros('DOUBLE', ...(shape.length > 0 ? shape : [4, 4])).assign(0.5);
/** A vector of the leaked array's own buffer, so that it leaks with it. */
const part = (leaked: NDArray, ...shape: number[]): NDArray => leaked.viewOf(0, denseGeometry(shape));

/** The recorded operations, with the leaked array at the recorded place. */
const operations: Record<string, (leaked: NDArray, place: string) => unknown> = {
  'addi(number)': (a) => a.addi(1),
  'add(number)': (a) => a.add(1),
  'muli(number)': (a) => a.muli(2),
  'divi(number)': (a) => a.divi(2),
  'rsubi(number)': (a) => a.rsubi(2),
  'rdivi(number)': (a) => a.rdivi(2),
  'assign(number)': (a) => a.assign(2),
  'negi()': (a) => a.negi(),
  'neg()': (a) => a.neg(),
  'addi(array)': (a, place) => (place === 'x' ? a.addi(fresh()) : fresh().addi(a)),
  'add(array)': (a, place) => (place === 'x' ? a.add(fresh()) : fresh().add(a)),
  'subi(array)': (a) => fresh().subi(a),
  'sub(array)': (a) => fresh().sub(a),
  'muli(array)': (a) => fresh().muli(a),
  'divi(array)': (a) => fresh().divi(a),
  'div(array)': (a) => fresh().div(a),
  'rsubi(array)': (a) => fresh().rsubi(a),
  'assign(array)': (a, place) => (place === 'x' ? a.assign(fresh()) : fresh().assign(a)),
  'Broadcast.mul': (a) => Broadcast.mul(fresh(), part(a, 4), fresh(), 1),
  addiRowVector: (a) => fresh().addiRowVector(part(a, 1, 4)),
  addRowVector: (a) => fresh().addRowVector(part(a, 1, 4)),
  muliColumnVector: (a) => fresh().muliColumnVector(part(a, 4, 1)),
  'Transforms.exp': (a) => Transforms.exp(a),
  'Transforms.exp in place': (a) => Transforms.exp(a, false),
  'Transforms.tanh': (a) => Transforms.tanh(a),
  'Transforms.sqrt in place': (a) => Transforms.sqrt(a, false),
  'Transforms.pow': (a) => Transforms.pow(a, 2),
  'Transforms.softmax': (a) => Transforms.softmax(a),
  'Transforms.max(number)': (a) => Transforms.max(a, 1),
  'Transforms.unitVec': (a) => Transforms.unitVec(a),
  'sum()': (a) => a.sum(),
  'sum(0)': (a) => a.sum(0),
  'sum(result, keep, 0)': (a) => fresh().sum(part(a, 4), 0),
  'mean(1)': (a) => a.mean(1),
  'meanNumber()': (a) => a.meanNumber(),
  'std(0)': (a) => a.std(0),
  'max(0)': (a) => a.max(0),
  'maxNumber()': (a) => a.maxNumber(),
  'norm2(0)': (a) => a.norm2(0),
  'prod(0)': (a) => a.prod(0),
  'argMax(1)': (a) => a.argMax(1),
  'Nd4j.argMax': (a) => Nd4j.argMax(a, 1),
  'Transforms.euclideanDistance': (a, place) =>
    place === 'x' ? Transforms.euclideanDistance(a, fresh()) : Transforms.euclideanDistance(fresh(), a),
  'Transforms.cosineSim': (a) => Transforms.cosineSim(fresh(), a),
  'gt(number)': (a) => a.gt(1),
  'gt(array)': (a, place) => (place === 'x' ? a.gt(fresh()) : fresh().gt(a)),
  equals: (a, place) => (place === 'x' ? a.equals(fresh()) : fresh().equals(a)),
  'BooleanIndexing.replaceWhere(number)': (a) => BooleanIndexing.replaceWhere(a, 1, Conditions.lessThan(0)),
  'BooleanIndexing.and': (a) => BooleanIndexing.and(a, Conditions.greaterThan(0)),
  mmul: (a, place) => (place === 'x' ? a.mmul(fresh()) : fresh().mmul(a)),
  'Nd4j.gemm': (a) => Nd4j.gemm(a, fresh(), false, false),
  'Nd4j.gemm(result)': (a) => Nd4j.gemm(fresh(), fresh(), a, false, false, 1, 0),
  "dup('f')": (a) => a.dup('f'),
  'unsafeDuplication()': (a) => a.unsafeDuplication(),
  'castTo(FLOAT)': (a) => a.castTo(a.dataType() === 'FLOAT' ? 'DOUBLE' : 'FLOAT'),
  'transpose()': (a) => a.transpose(),
  'transpose().dup()': (a) => a.transpose().dup(),
  'reshape (view)': (a) => a.reshape(16),
  'ravel()': (a) => a.ravel(),
  getRow: (a) => a.getRow(0),
  getRows: (a) => a.getRows(0, 1),
  'get(point, all)': (a) => a.get(NDArrayIndex.point(0), NDArrayIndex.all()),
  'put(indices, array)': (a) => a.put([NDArrayIndex.point(0), NDArrayIndex.all()], fresh(4)),
  putRow: (a) => a.putRow(0, fresh(1, 4)),
  putScalar: (a) => a.putScalar(0, 1),
  getDouble: (a) => a.getDouble(0),
  toString: (a: NDArray) => a.toString(),
  'Nd4j.concat': (a, place) => (place === 'first' ? Nd4j.concat(0, a, fresh()) : Nd4j.concat(0, fresh(), a)),
  'Nd4j.hstack': (a) => Nd4j.hstack(fresh(), a),
  'Nd4j.stack': (a) => Nd4j.stack(0, fresh(), a),
  'Nd4j.toFlattened': (a) => Nd4j.toFlattened(fresh(), a),
  repeat: (a) => a.repeat(0, 2),
  'Nd4j.pullRows': (a) => Nd4j.pullRows(a, 1, [0]),
  'Nd4j.sort': (a) => Nd4j.sort(a, 1, true),
  'Nd4j.zerosLike': (a) => Nd4j.zerosLike(a),
  'ulike()': (a) => a.ulike(),
  'Nd4j.expandDims': (a) => Nd4j.expandDims(a, 0),
  'Nd4j.clearNans': (a) => Nd4j.clearNans(a),
  'Nd4j.diag': (a) => Nd4j.diag(a),
  'detach()': (a) => a.detach(),
  'leverageTo(own id)': (a) => a.leverageTo('W'),
  'leverageTo(unknown id)': (a) => a.leverageTo('NONE'),
  'leverageTo(unknown id, enforce)': (a) => a.leverageTo('NONE', true),
  'leverageOrDetach(own id)': (a) => a.leverageOrDetach('W'),
  'migrate()': (a) => a.migrate(),
  'migrate(true)': (a) => a.migrate(true),
  'WorkspaceUtils.assertValidArray(null)': (a) => assertValidArray(a, null),
  isAttached: (a) => a.isAttached(),
};
/** What only the executioner of ND4J offers, and what answers instead of throwing. */
const UNBUILT = /^exec |custom op|asDouble|^close\(\)$|^isInScope$/;

function leak(kind: PanicCase['kind'], configuration: WorkspaceConfigurationOptions): NDArray {
  const workspace = workspaceManager.createNewWorkspace(configuration, 'W');
  const array = workspace.run(() => fresh());
  if (kind === 'outdated') workspace.notifyScopeEntered();
  return array;
}

function messageOf(action: () => unknown): string | undefined {
  try {
    action();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return undefined;
}

afterEach(() => resetMemory());

for (const file of goldenFiles('memory')) {
  const golden = file.read() as PanicFile;
  if (golden.kind !== 'scope-panic') continue;
  describe(`scope panic of DL4J, ${file.name}`, () => {
    for (const { op, leaked, kind, throws, currentAfter } of golden.cases) {
      const name = `${op}, ${leaked} ${kind}`;
      const call = operations[op];
      const reason = differenceOf('memory', `${file.name}/${name}`);
      if (call === undefined) {
        test.skip(`${name}: ${UNBUILT.test(op) ? "the executioner's operations are not built" : 'unknown'}`, () => {});
        continue;
      }
      test(reason === undefined ? `${name} names workspace [W]` : `${name} differs on purpose: ${reason}`, () => {
        const array = leak(kind, golden.workspace);
        const found = messageOf(() => call(array, leaked));
        if (reason !== undefined) return expect(found).toBeUndefined();
        if (throws === null && found === undefined) return;
        const isMove = throws !== null && /WorkspaceException$/.test(throws.class);
        expect(found).toMatch(
          isMove
            ? /^ND4JWorkspaceException: .*Array (uses leaked|outdated) workspace pointer from workspace W/
            : /^ND4J(IllegalState|Workspace)Exception: .*workspace pointer from workspace \[?W\]?/,
        );
        if (throws !== null && isMove)
          expect(found?.split('\n')[0]).toBe(`ND4JWorkspaceException: ${throws.message.split('\n')[0]}`);
        expect(scope.current?.getId() ?? null).toBe(currentAfter);
      });
    }
  });
}
