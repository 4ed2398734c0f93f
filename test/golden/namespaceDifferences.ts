// Golden cases of the operation namespaces whose result is meant to differ from DL4J 1.0.0-M2.1. Part of the table in differences.ts.

export interface NamespaceDifference {
  readonly area: 'namespaces';
  /** Pattern over `file/case`. */
  readonly cases: RegExp;
  readonly reason: string;
}

const namespaces = (cases: RegExp, reason: string): NamespaceDifference => ({ area: 'namespaces', cases, reason });

const INTEGER = '(LONG|INT|SHORT|BYTE|UBYTE)\\[[^\\]]*\\]';

export const namespaceDifferences: readonly NamespaceDifference[] = [
  namespaces(/\/math\.is(Finite|Infinite|NaN) of \((?!BOOL)/, 'M2.1 fails to run them; here they answer in BOOL'),
  namespaces(/\/math\.asinh of \(\w+\[(3, 6|18)\]\)/, 'M2.1 gives NaN for −∞; here −∞'),
  namespaces(
    /\/math\.(and|or|xor) of \(BOOL\[[^\]]*\], BOOL\[(|\d|\d, 3)\]\)$/,
    'M2.1 reads beyond the smaller array; here both broadcast, or do not fit',
  ),
  namespaces(
    /\/math\.rdiv of \((FLOAT\[2, 4\], (INT|DOUBLE)|INT\[2, 4\], FLOAT|LONG\[2, 2\], INT)/,
    'M2.1 reads the elements of another type as those of the first; here they are converted',
  ),
  namespaces(
    /\/math\.atan2 of \(FLOAT\[2, 4\], INT/,
    'M2.1 reads integers as floating numbers; here both must have one type',
  ),
  namespaces(
    new RegExp(`/math\\.floorMod of \\(${INTEGER}, (0|FLOAT.*|(INT|LONG)\\[2\\])\\)`),
    'M2.1 answers the smallest integer for a division by 0; here that is an error',
  ),
  namespaces(
    new RegExp(`/math\\.log of \\(${INTEGER}, 10\\)`),
    'M2.1 crashes or divides by 0 in integers; here integers are refused as by log(x)',
  ),
  namespaces(
    /\/math\.\w+ of \(FLOAT\[(1, 4|4, 1)\], \[\d\]\), which/,
    'M2.1 gives null along a dimension of size 1; here the reduction',
  ),
  namespaces(
    new RegExp(`/math\\.(e|logE|shannonE)ntropy of \\(${INTEGER}, `),
    'M2.1 computes logarithms of integers in integers; here in the floating type',
  ),
  namespaces(
    /\/math\.(logEntropy|reduceAmean) of \(FLOAT\[0, 3\] empty/,
    'M2.1 gives 0 for nothing; here the logarithm of 0 and the mean of nothing',
  ),
  namespaces(
    /\/math\.(mean|norm\w+|prod|reduce\w+|s\w+|) of \(\w+\[[^\]]*\], (INT|LONG|FLOAT)\[/,
    'M2.1 ignores an array of dimensions, or takes it for the result; here the reduction is along these integers',
  ),
  namespaces(
    /\/\w+\.\w+ of \((INT|LONG)\[10\], (INT|LONG)\[3\]\)$/,
    'M2.1 reads beyond the smaller array; here it must broadcast',
  ),
  namespaces(
    /\/(math\.bitShiftRot|bitwise\.(bitRot|(left|right)ShiftCyclic)).* of /,
    'M2.1 fills with the sign when it rotates negative numbers; here no bit is lost',
  ),
  namespaces(
    /\/bitwise\.bitsHammingDistance of/,
    'M2.1 also counts signs beyond the bits of the type; here the bits there are',
  ),
  namespaces(/\/math\.diag of \((?!BOOL)/, 'M2.1 fails to run it; here the array of libnd4j’s diag'),
  namespaces(/\/math\.listDiff of .*, which/, 'M2.1 fails when nothing is left; here the result is empty'),
  namespaces(/\/math\.clipByAvgNorm of .*\), which/, 'M2.1 fails when something must be clipped; here it is'),
  namespaces(/\/math\.embeddingLookup of .*, which/, 'M2.1 fails to run it; here the rows of the table'),
  namespaces(/\/math\.eye of \(2, 3, INT, \[\]\)/, 'M2.1 fails without leading dimensions; here one matrix'),
  namespaces(
    /\/math\.\w+(Distance|Similarity) of \(\w+\[3, 4\], \w+\[2, 4\], \[1\]\)/,
    'M2.1 reads beyond the second array; here the shapes must fit',
  ),
  namespaces(
    /\/math\.\w+(Distance|Similarity) of \(FLOAT\[3, 4\], DOUBLE/,
    'M2.1 reads one type as the other; here both must be the same',
  ),
  namespaces(/\/linalg\.diag of \(.*, which/, 'M2.1 fails to run it; here the array of libnd4j’s diag'),
  namespaces(/\/linalg\.svd of \((FLOAT|DOUBLE)/, 'M2.1 fails to run it; here the singular values'),
  namespaces(
    /\/linalg\.qr of \(\w+\[(2, 3|3, 5)\]\)/,
    'M2.1 gives wide matrices factors of other shapes, with NaN; here the reduced ones',
  ),
  namespaces(
    /\/linalg\.lstsq of \(\w+\[3, 5\], \w+\[3, 2\], 0, true\)/,
    'M2.1 gives NaN for more columns than rows; here the smallest solution',
  ),
  namespaces(
    /\/linalg\.lstsq of \(\w+\[(2, )?5, 3\], .*, false\), which/,
    'M2.1 fails for more rows than columns; here the solution',
  ),
  namespaces(
    /\/linalg\.eig of \(\w+\[\d, \d\]\)$/,
    'eigenvectors are determined up to order and factor: M2.1 has those of its iteration; here by ascending value, the largest element positive',
  ),
  namespaces(/\/linalg\.tri of \(1, 1\)/, 'M2.1 gives 0; here the 1 on the diagonal'),
  namespaces(
    /\/math\.prodBp of \(DOUBLE\[2, 3\]/,
    'M2.1 divides by the elements and gives NaN for 0; here the product of the others',
  ),
  namespaces(
    /\/math\.(div|rdiv|squaredDifference)Bp of \(\w+\[3, 4\], \w+\[\], /,
    'M2.1 multiplies sums instead of summing products for a scalar; here the gradient',
  ),
  namespaces(
    /\/math\.(max|min)Bp of \((?!(\w+\[3, 4\], ){2})/,
    'M2.1 sums the wrong elements when it broadcasts; here the gradient',
  ),
  namespaces(
    /\/math\.clipByNormBp of \(.*, (1|0\.5), /,
    'M2.1 gives another number than its forward operation changes by; here the gradient',
  ),
  namespaces(/\/math\.logSumExp of \(FLOAT\[3, 4\], \[1\]\)/, 'in M2.1 one NaN spoils all rows; here its own'),
  namespaces(/\/cnn\.upsampling3d of /, 'M2.1 hands its operation the scales in the wrong places'),
  namespaces(/\/cnn\.extractImagePatches of .*, true\)/, 'M2.1 pads by one pixel or none, whatever the windows need'),
  namespaces(
    /\/cnn\.localResponseNormalizationBp of /,
    "M2.1's gradient is not that of its operation; here it agrees with differences",
  ),
  namespaces(
    /\/nn\.batchNorm(Bp)? of .*, \d+, \d+\), which M2.1 refuses/,
    'M2.1 documents parameters of the sizes of several axes and refuses them; here they work',
  ),
  namespaces(
    /\/cnn\.maxPoolWithArgmax of /,
    'M2.1 gives results of the size of the input, not filled, and numbers elements instead of finding places',
  ),
  namespaces(
    /\/cnn\.avgPooling2d of .*divisor: INCLUDE_PADDING/,
    'M2.1 forgets the divisor of Pooling2DConfig; its own backward operation knows it',
  ),
  namespaces(
    /\/cnn\.(max|avg)Pooling3d of .*\b([kspd])H: (\d+), \2W: (?!\3,)/,
    'M2.1 takes height for width and width for height in Pooling3DConfig',
  ),
  namespaces(
    /\/ops\.pnormPool2dBp of .*paddingMode: SAME/,
    'M2.1 forgets the padding of SAME in the gradient of p-norm pooling',
  ),
  namespaces(
    /\/rnn\.gru(Cell)?Bp of/,
    'the gradients of M2.1 are not those of its forward operation; here they agree with differences',
  ),
  namespaces(
    /\/rnn\.lstmLayerBp of \(DOUBLE.*Act: (SCALED_TAHN|SOFTPLUS)/,
    'libnd4j computes these derivatives in float32 whatever the type; here in float64',
  ),
  namespaces(
    /\/nn\.sigmoidDerivative of/,
    'M2.1 passes no output to its operation and fails; here the gradient is computed',
  ),
  namespaces(
    /\/nn\.logSoftmax of \(\w+\[2, 3, 4\], (0|1|3|-2)\)/,
    'M2.1 ignores the dimension and takes the last one; here it counts, and must exist',
  ),
  namespaces(/\/nn\.leakyReluDerivative of/, 'M2.1 gives the slope alpha for NaN; here 1'),
  namespaces(
    /\/cnn\.depthWiseConv2d of .*weightsFormat: (OIYX|OYXI)/,
    'M2.1 does not pass the format of the weights on and takes YXIO; here it counts, as in its gradient',
  ),
  namespaces(
    /\/cnn\.conv2d of \(DOUBLE\[1, 2, 2, 5\]/,
    'M2.1 gives an array without elements when the kernel is one row too high for the input; here it is refused',
  ),
  namespaces(
    /\/image\.hsvToRgb of \(\w+\[2, 3\]\)/,
    'M2.1 takes hues beyond 0 to 1 for numbers of a line; here whole turns do not count',
  ),
  namespaces(
    /\/image\.extractImagePatches of \(\w+\[1, (4, 4|7, 6|6, 6|5, 5), 1\], .*, true\)$/,
    'M2.1 pads one row and column at most before the image; here half of what SAME asks for',
  ),
  namespaces(
    /\/loss\.meanPairwiseSquaredError(Bp)? of \(\w+\[\d, \d, \d\]/,
    'M2.1 pairs elements of matrices only; here all elements of an example, whatever its rank',
  ),
  namespaces(
    /\/loss\.softmaxCrossEntropyBp of \(\w+\[3, 4\], \w+\[3, 4\], \w+\[3, 1\]/,
    'M2.1 takes weights [n, 1] forward and [n] backward; here both take both',
  ),
  namespaces(
    /\/loss\.softmaxCrossEntropy(Bp)? of \(\w+\[2, 3, 2\].*, 0\.2\)/,
    'M2.1 smooths labels by the size of dimension 1; here by the number of classes',
  ),
  namespaces(
    /\/loss\.ctcLoss(Bp)? of \(.*, 4\)$/,
    'M2.1 gives logarithms of probabilities above 1 for a blank other than class 0; here those of the labels',
  ),
  namespaces(
    /\/loss\.(cosineDistance of .*, FLOAT\[2, 3\], NONE, 1|hingeLoss of .*, DOUBLE\[1, 3\], SUM)\)$/,
    'M2.1 takes weights of a shape or type that its other losses refuse; here none does',
  ),
  namespaces(
    /\/loss\.sparseSoftmaxCrossEntropy of \(FLOAT\[2, 3\], INT\[2\]\)$/,
    'M2.1 reads before the row for a negative label; here it is refused',
  ),
];
