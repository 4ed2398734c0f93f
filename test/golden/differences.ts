// Golden cases whose result is meant to differ from DL4J 1.0.0-M2.1, by name, with the reason. Everything else must agree.

import { namespaceDifferences } from './namespaceDifferences.ts';

export interface Difference {
  readonly area: 'arrays' | 'memory' | 'networks' | 'evaluation' | 'data' | 'namespaces' | 'files';
  /** `file/case` as the test names it, or a pattern over such names. */
  readonly cases: string | RegExp;
  readonly reason: string;
}

const MASK_OF_RANK_4 =
  'M2.1 refuses every mask of rank 4 although it documents them; here they keep the pixels where they are not 0';
const MORE_CLASSES =
  'M2.1 loses the rows of classes beyond the first size of its confusion matrix; here the matrix grows';

/** Type and shape of an argument as the names of array cases have them. */
const INTEGER = '(LONG|INT|SHORT|BYTE|UBYTE|UINT16|UINT32|UINT64)\\[[^\\]]*\\]';
const FLOATING = '(DOUBLE|FLOAT|HALF|BFLOAT16)\\[[^\\]]*\\]';
const NUMERIC = `(${INTEGER}|${FLOATING})`;
const PROMOTION =
  'M2.1 refuses an integer array beside a floating operand only by accident; here the result has the floating type that its documentation promises';
const COLUMN_SUMS =
  'M2.1 reads beyond its list of dimensions when a column is reduced along −1; here that is dimension 1';
const LOGARITHM =
  'M2.1 computes logarithms of integers in integers, with whatever NaN is there; here in the floating type';

const arrays = (cases: RegExp, reason: string): Difference => ({ area: 'arrays', cases, reason });
/** An array argument in the words of a case, of the given shape. */
const shaped = (shape: string): string => `\\w+\\[${shape}\\]( f)?`;
const NEGATIVE = 'M2.1 adds the rank to a negative index; here it counts from the end';
const ONE_INDEX = 'M2.1 looks at one index of a row or column vector only; here all must be in range';
const NEW_AXIS = 'M2.1 fails to put new axes among other indices; here each is a dimension of size 1 at its place';
const LENGTHS = 'M2.1 writes as many elements as there are, or beside the row; here lengths and rows must fit';

/** Indexing, shapes, combinations. */
const ARRAY_SHAPES: readonly Difference[] = [
  arrays(new RegExp(`/(getDouble|getInt|putScalar|slice)\\(.*\\) of \\(${shaped('[\\d, ]+')}, -\\d`), NEGATIVE),
  arrays(
    new RegExp(`/(getDouble|getInt|putScalar)\\(.*\\) of \\(${shaped('1, \\d+')}, \\[?[1-9]\\d*, .*\\)$`),
    ONE_INDEX,
  ),
  arrays(
    new RegExp(`/(getDouble|getInt|putScalar)\\(.*\\) of \\(${shaped('\\d+, 1')}, \\[?\\d+, [1-9].*\\)$`),
    ONE_INDEX,
  ),
  arrays(
    /\/getInt\(int\) of \(\w+\[\d+(, \d+){3}\]/,
    'M2.1 reads another element than getDouble does; here the same one',
  ),
  arrays(
    new RegExp(`/getRow\\(.*\\) of \\(${shaped('1, \\d+')}, -\\d.*\\)$`),
    'M2.1 takes any negative row of a row vector for the one there is; here rows are not counted from the end',
  ),
  arrays(/\/get of \(.*, (new;all|.*all;new)/, NEW_AXIS),
  arrays(/\/get of \(.*interval -\d/, 'M2.1 takes the whole dimension; here negative ends count from the end'),
  arrays(new RegExp(`/put\\(indices, array\\) of \\(${shaped('4, 5')}, point \\d;all, ${shaped('[0-4]')}\\)`), LENGTHS),
  arrays(new RegExp(`/putRow of \\(${shaped('4, 5')}, (${shaped('[0-4]')}, \\d|${shaped('5')}, [4-9])\\)$`), LENGTHS),
  arrays(new RegExp(`/assign\\(array\\) of \\(${shaped('4, 5')}, ${shaped('(|\\d|\\d, 1)')}\\)`), LENGTHS),
  arrays(new RegExp(`/assign\\(array\\) of \\(${shaped('1, 6')}, ${shaped('[0-5]')}\\)`), LENGTHS),
  arrays(
    new RegExp(`/tensorAlongDimension of \\(${shaped('\\d, \\d, \\d')}, [1-9]\\d*, \\[0, 1, 2\\]\\)`),
    'M2.1 gives the whole array for any index; here there is one such tensor, of index 0',
  ),
  arrays(/\/ravel\('f'\) of /, "M2.1 takes 'f' for a dimension and throws; here it is the order"),
  arrays(/\/putWhere of .*, which M2.1 refuses/, 'M2.1 fails to compare; here the elements are replaced'),
  arrays(
    /\/putWhereWithMask\(number\) of \(DOUBLE/,
    'M2.1 drops the fractions of all elements; here those that are not replaced stay',
  ),
  arrays(
    /\/Nd4j\.linspace\(type, long, long, long\) of /,
    'M2.1 mixes up upper bound and count; here linspace(lower, upper, count, type) does what is meant',
  ),
  arrays(/\/Nd4j\.rot90 of \(\w+\[\d+, \d+\]( f)?\)$/, 'M2.1 reverses the rows in place; here a turned copy'),
  arrays(/\/Nd4j\.concat of \([2-9], \[\w+\[\d+, \d+\]( f)?\]\)$/, 'M2.1 ignores the dimension beside one array'),
  arrays(
    /\/Nd4j\.stack of \(.*\[\w+\[\] empty, \w+\[\d+\]\]\)$/,
    'M2.1 stacks arrays of different shapes when one is empty; here that is an error',
  ),
  arrays(
    new RegExp(`/broadcast of \\(${shaped('3(, 1)?')}, \\[2, 3, 3\\]\\), which M2.1 refuses`),
    'M2.1 refuses to broadcast to rank 3, which it documents; here that works',
  ),
  arrays(/\/Nd4j\.tear of \(DOUBLE/, 'M2.1 takes the bytes of DOUBLE arrays for floats; here the elements stay'),
  arrays(/\/castTo of \(UINT16\[.*, HALF\)/, 'M2.1 takes the bits of UINT16 for those of HALF; here the values'),
];

export const differences: readonly Difference[] = [
  ...namespaceDifferences,
  {
    area: 'memory',
    cases: 'op-scratch/BooleanIndexing.replaceWhere',
    reason: 'it makes a BOOL mask in the current workspace; M2.1 has an operation of its own for this case',
  },
  {
    area: 'memory',
    cases: 'layer-workspace-mgr/togglePeriodicGc(true)',
    reason: "M2.1's CPU manager ignores the call; here the periodic collection really runs",
  },
  {
    area: 'memory',
    cases: 'layer-workspace-mgr/toggleAveraging(true), getAverageLoopTime',
    reason: 'M2.1 divides by zero when nothing was recorded; here the answer is 0',
  },
  {
    area: 'arrays',
    cases: new RegExp(`/(add|sub|mul|div) of \\(${INTEGER}, ${FLOATING}\\), which`),
    reason: PROMOTION,
  },
  {
    area: 'arrays',
    cases: new RegExp(`/(add|mul|div|rsub|rdiv)\\(number\\) of \\(${INTEGER}, -?[\\d.]+(, \\w+)?\\), which`),
    reason: PROMOTION,
  },
  {
    area: 'arrays',
    cases: new RegExp(`/gt of \\(${NUMERIC}, ${NUMERIC}\\), which`),
    reason: 'M2.1 compares no arrays of two types; here they compare by value',
  },
  {
    area: 'arrays',
    cases: /\/fmod\(array\) of .*, which M2.1 refuses/,
    reason: 'M2.1 fails to run fmod with an array; here it is the remainder that fmod with a number gives',
  },
  {
    area: 'arrays',
    cases: /\/eps\((number|array)\) of /,
    reason: 'M2.1 answers false beside every number and true beside every array; here elements within 1e-5 are equal',
  },
  {
    area: 'arrays',
    cases: /\/BooleanIndexing\.replaceWhere\(number\) of \(.*isFinite\(\)\)/,
    reason: 'M2.1 writes −1 instead of the number, over NaN too; here the number replaces what is finite',
  },
  {
    area: 'arrays',
    cases: /\/BooleanIndexing\.applyMask of \(.*abs(Greater|Less)ThanOrEqual\(/,
    reason: 'M2.1 asks the target instead of the mask for these two conditions alone; here the mask as for all others',
  },
  { area: 'arrays', cases: new RegExp(`/(e|logE|shannonE)ntropy(Number)? of \\(${INTEGER}`), reason: LOGARITHM },
  {
    area: 'arrays',
    cases: /\/\w+ of \(DOUBLE\[\d+, 1\], \[-1\]\), which M2.1 refuses/,
    reason: COLUMN_SUMS,
  },
  {
    area: 'arrays',
    cases: /\/InvertMatrix\.invert\(in place\) of /,
    reason: 'M2.1 ignores the flag; here the matrix becomes its inverse',
  },
  {
    area: 'arrays',
    cases: /\/Nd4j\.where of \(BOOL\[[^\]]*\], /,
    reason: 'M2.1 takes the second array where the condition holds; here the first, as its documentation says',
  },
  {
    area: 'arrays',
    cases: /\/Nd4j\.accumulate of \(\[DOUBLE/,
    reason: 'M2.1 adds the bytes of DOUBLE arrays as floats; here the sum has the type of the arrays',
  },
  ...ARRAY_SHAPES,
  {
    area: 'arrays',
    cases: /^rng-gaussian\/.*\((means|mean array)\)$/,
    reason: 'M2.1 ignores an array of means; here each element has its own mean',
  },
  {
    area: 'memory',
    cases: 'scenarios-x/X-14',
    reason: 'M2.1 resets a workspace that is entered while open and not current; here that throws',
  },
  {
    area: 'memory',
    cases: /^scenarios-x\/X-2[67]$/,
    reason: 'M2.1 counts a cycle when a workspace is closed that is not open; here that throws',
  },
  {
    area: 'memory',
    cases: 'layer-workspace-mgr/LM-05 leverageTo null with override',
    reason: 'M2.1 says what the JVM says of a null pointer; here null is refused with the words of the other case',
  },
  {
    area: 'memory',
    cases: 'layer-workspace-mgr/noWorkspacesImmutable setWorkspace',
    reason: 'M2.1 gives no message; here there is one',
  },
  {
    area: 'networks',
    cases: /^losslayer-(sigmoid|tanh).*\/(score\(\) after computeGradientAndScore\(\)|training: scores)$/,
    reason: 'M2.1 computes the score of a LossLayer from an array that the backward pass has overwritten',
  },
  {
    area: 'memory',
    cases: /^net-.*-single\/ids and cycles of workspaces$/,
    reason:
      'in M2.1 SINGLE is another name for ENABLED; here it keeps one workspace for everything, as its documentation says',
  },
  {
    area: 'memory',
    cases: /^net-.*-none\/ids and cycles of workspaces$/,
    reason: 'in mode NONE M2.1 opens a workspace for its updater all the same',
  },
  {
    area: 'networks',
    cases: 'activationlayer/feedForward()',
    reason: 'in M2.1 an ActivationLayer overwrites the activations of the layer before it',
  },
  {
    area: 'networks',
    cases: /^(sched-lr-ramp-|sched-rmsprop\/).*training/,
    reason: 'M2.1 writes a RampSchedule without its fields, so the file does not hold what was trained with',
  },
  { area: 'evaluation', cases: /^eval-cnn-nchw-mask-n1/, reason: MASK_OF_RANK_4 },
  { area: 'evaluation', cases: 'eval-labels-too-few', reason: MORE_CLASSES },
  { area: 'evaluation', cases: 'eval-merge-different-classes', reason: MORE_CLASSES },
  { area: 'evaluation', cases: 'eval-second-call-more-classes', reason: MORE_CLASSES },
  {
    area: 'evaluation',
    cases: 'eval-mask-wrong-length',
    reason: 'M2.1 ignores a mask of the wrong length; here it is an error',
  },
  {
    area: 'files',
    cases: /-(f|transposed|permuted.*|view-.*)\.npy$/,
    reason: "M2.1 writes the memory of 'f' arrays and views as it is, under a header of 'c' order",
  },
  {
    area: 'files',
    cases: /^bfloat16-.*\.npy$/,
    reason: 'NumPy has no such type, and what M2.1 writes ends the JVM that reads it',
  },
];

/** The reason why a case is meant to differ, or undefined. */
export function differenceOf(area: Difference['area'], name: string): string | undefined {
  return differences.find(
    (row) => row.area === area && (typeof row.cases === 'string' ? row.cases === name : row.cases.test(name)),
  )?.reason;
}
