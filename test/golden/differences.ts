// Golden cases whose result is meant to differ from DL4J 1.0.0-M2.1, by name, with the reason. Everything else must agree.

export interface Difference {
  readonly area: 'arrays' | 'memory' | 'networks' | 'evaluation' | 'data';
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

export const differences: readonly Difference[] = [
  {
    area: 'networks',
    cases: /^init-dist-orthogonal/,
    reason: 'the orthogonal matrix is not the one that LAPACK makes of the same draws',
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
  {
    area: 'arrays',
    cases: /^rng-gaussian\/.*\(means\)$/,
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
  { area: 'evaluation', cases: /^eval-cnn-nchw-mask-n1/, reason: MASK_OF_RANK_4 },
  { area: 'evaluation', cases: 'eval-labels-too-few', reason: MORE_CLASSES },
  { area: 'evaluation', cases: 'eval-merge-different-classes', reason: MORE_CLASSES },
  { area: 'evaluation', cases: 'eval-second-call-more-classes', reason: MORE_CLASSES },
  {
    area: 'evaluation',
    cases: 'eval-mask-wrong-length',
    reason: 'M2.1 ignores a mask of the wrong length; here it is an error',
  },
];

/** The reason why a case is meant to differ, or undefined. */
export function differenceOf(area: Difference['area'], name: string): string | undefined {
  return differences.find(
    (row) => row.area === area && (typeof row.cases === 'string' ? row.cases === name : row.cases.test(name)),
  )?.reason;
}
