// The type of every export of assembly/index.ts, in the same groups and order.
// Addresses are unsigned 32-bit byte addresses; a kernel returns them signed, so callers apply `>>> 0`.
// Lengths count elements unless the name says bytes. Types are the codes of core/dataType.ts; compute: 0 f32, 1 f64, 2 i64.

type Address = number;

/** assembly/memory/heap.ts */
export interface HeapKernels {
  /** Address of `bytes` bytes aligned to 16, contents undefined. Traps (WebAssembly.RuntimeError) when memory cannot grow. */
  heapAllocate(bytes: number): Address;
  /** Gives a block of heapAllocate back. */
  heapFree(address: Address): void;
  /** Bytes in live blocks, rounded up as the heap does. */
  heapUsed(): number;
  /** Gives freed page runs (blocks of 1 GiB and more) to the allocator of smaller blocks; returns their bytes. */
  heapReclaim(): number;
  /** Fills bytes with one value. */
  fillBytes(out: Address, value: number, bytes: number): void;
  /** Copies bytes; ranges may overlap. */
  copyBytes(out: Address, x: Address, bytes: number): void;
}

/** assembly/memory/learning.ts (the first) and arena.ts: every function but the first two takes the address of a control block. */
export interface ArenaKernels {
  /** DebugMode SPILL_EVERYTHING for all workspaces: 1 on, 0 off. */
  arenaSpillEverything(on: number): void;
  /** Size of a control block. */
  arenaControlBytes(): number;
  /** Begins the life of a control block whose configuration is written, all else 0. Traps without memory. */
  arenaConstruct(arena: Address): void;
  /** Address of the bytes if they fit into the arena as it is, else 0 and nothing has changed. Never traps. */
  arenaBump(arena: Address, bytes: number, zeroed: number): Address;
  /** Address of the bytes, or 0 when the workspace is full. Traps without memory, the workspace unchanged. */
  arenaAllocate(arena: Address, bytes: number, zeroed: number): Address;
  /** 0 entered, 1 tagged (nested in itself), 2 refused: open and not current. */
  arenaEnter(arena: Address, isCurrent: number): number;
  /** One more scope to end before the cycle. */
  arenaTag(arena: Address): void;
  /** 0 borrowed, 1 refused: borrowed already. */
  arenaBorrow(arena: Address): number;
  /** What ended: 0 the cycle, 1 a tag, 2 the borrow, 3 nothing: not open; 4 the cycle, and arenaMakeBlock is due. Never traps. */
  arenaClose(arena: Address): number;
  /** Ends tags and borrow, so that the next close ends the cycle. */
  arenaUnwind(arena: Address): void;
  /** Allocates the arena whose size was learnt. Traps without memory, then arenaAbandon. */
  arenaMakeBlock(arena: Address): void;
  /** ND4J's initializeWorkspace. Traps like arenaMakeBlock. */
  arenaInitialize(arena: Address): void;
  /** ND4J's destroyWorkspace(extended). */
  arenaDestroy(arena: Address, extended: number): void;
  /** The offset back to 0. */
  arenaReset(arena: Address): void;
  /** ND4J's toggleWorkspaceUse. */
  arenaToggle(arena: Address, use: number): void;
  /** Puts the control block in order after a trap: no arena. */
  arenaAbandon(arena: Address): void;
  /** Frees all memory of the workspace, the control block included. */
  arenaRelease(arena: Address): void;
}

/** assembly/kernels/gemm.ts */
export interface GemmKernels {
  /** C[m, n] = alpha · A[m, k] · B[k, n] + beta · C. Strides in elements. beta 0 does not read C, alpha 0 neither A nor B. */
  gemm(
    compute: number,
    c: Address,
    a: Address,
    b: Address,
    m: number,
    n: number,
    k: number,
    aRow: number,
    aColumn: number,
    bRow: number,
    bColumn: number,
    cRow: number,
    cColumn: number,
    alpha: number,
    beta: number,
    scratch: Address,
  ): void;
  /** Bytes of scratch that gemm needs for these sizes. */
  gemmScratchBytes(compute: number, m: number, n: number, k: number): number;
}

/** assembly/kernels/convolution.ts: `geometry` is 19 words, the modes are those of ops/convolution.ts; arrays are dense. */
export interface ConvolutionKernels {
  /** A convolution, one of its gradients or its patches. w and `bias` (0: none) may be unused. */
  convolution(
    mode: number,
    compute: number,
    out: Address,
    x: Address,
    w: Address,
    bias: Address,
    geometry: Address,
    channels: number,
    images: number,
    scratch: Address,
  ): void;
  /** Bytes of scratch that `convolution` needs. */
  convolutionScratchBytes(mode: number, compute: number, geometry: Address, channels: number, images: number): number;
}

/** assembly/kernels/elementwise.ts, strided.ts: operators by the numbers of ops/codes.ts. */
export interface ElementwiseKernels {
  /** out[i] = op(x[i]); out may be x. */
  unary(op: number, compute: number, out: Address, x: Address, length: number, p0: number, p1: number): void;
  /** out[i] = op(x[i], y[i]); mode 1: y is one element, 2: x is one element. out may be x or y. */
  binary(
    op: number,
    compute: number,
    mode: number,
    out: Address,
    x: Address,
    y: Address,
    length: number,
    p0: number,
  ): void;
  /** unary on views described by a block of words; `scratch` is three rows of 4096 bytes. */
  unaryStrided(op: number, compute: number, block: Address, p0: number, p1: number, scratch: Address): void;
  /** binary on views described by a block of words; `scratch` is three rows of 4096 bytes. */
  binaryStrided(op: number, compute: number, block: Address, p0: number, scratch: Address): void;
  /** out = x on views of one type with elements of 1 << shift bytes, described as for unaryStrided. */
  copyStrided(shift: number, block: Address): void;
}

/** assembly/kernels/random.ts: `root` and `node` are the low halves of the generator's two words. */
export interface RandomKernels {
  /** out[e] = what `draw` makes of the uniform draw at index e, the inputs x[e] and y[e] and the parameters a to d. */
  randomDraw(
    draw: number,
    compute: number,
    out: Address,
    x: Address,
    y: Address,
    length: number,
    root: number,
    node: number,
    a: number,
    b: number,
    c: number,
    d: number,
  ): void;
  /** out[e] = successes in `trials` draws of probability p, or of those at x: one per element or one per trial. */
  randomBinomial(
    compute: number,
    out: Address,
    x: Address,
    perElement: number,
    length: number,
    trials: number,
    root: number,
    node: number,
    p: number,
  ): void;
  /** out[e] = an element of x[count], chosen by the probabilities[count]. */
  randomChoose(
    compute: number,
    out: Address,
    x: Address,
    probabilities: Address,
    count: number,
    length: number,
    root: number,
    node: number,
  ): void;
}

/** assembly/kernels/gaussian.ts: `root` and `node` as for the other draws. */
export interface GaussianKernels {
  /** out[e] = mean + deviation · Gaussian(e); `means` 0, or an address of one mean per element. */
  randomGaussian(
    compute: number,
    out: Address,
    means: Address,
    length: number,
    root: number,
    node: number,
    mean: number,
    deviation: number,
  ): void;
  /** Draws elements farther than two deviations from the mean once more. */
  randomTruncate(
    compute: number,
    out: Address,
    length: number,
    root: number,
    node: number,
    mean: number,
    deviation: number,
  ): void;
}

/** assembly/kernels/mask.ts: masks are bytes 0 and 1, `shift` is log2 of an element's bytes. */
export interface MaskKernels {
  /** out[i] = x[i] where mask[i] is 1; x is one element if `single`. */
  maskAssign(shift: number, out: Address, x: Address, mask: Address, length: number, single: number): void;
  /** The chosen elements of x[length], one after another. */
  maskCompress(shift: number, out: Address, x: Address, mask: Address, length: number): void;
  /** 1 when x[length] and y[length] (type 0 f32, 1 f64) are equal within `eps`, absolute or relative. */
  equalWithin(type: number, x: Address, y: Address, length: number, eps: number): number;
}

/** assembly/kernels/updater.ts */
export interface UpdaterKernels {
  /** The gradient becomes the update, the states s, t, r move on; parameters −= update unless 0. `kind` is a number of ops/updater.ts. */
  updaterStep(
    kind: number,
    compute: number,
    parameters: Address,
    gradient: Address,
    s: Address,
    t: Address,
    r: Address,
    length: number,
    a: number,
    b: number,
    c: number,
    d: number,
    e: number,
  ): void;
}

/** assembly/kernels/reduce.ts and reducePlan.ts */
export interface ReduceKernels {
  /** Runs a plan as src/ops/reducePlan.ts writes it; p0 … p2 belong to the operator. */
  reduce(plan: Address, p0: number, p1: number, p2: number): void;
  /** Bytes of the plan and the scratch behind it. */
  reduceScratchBytes(): number;
}

/** assembly/kernels/cumulative.ts */
export interface CumulativeKernels {
  /** x[o, k, i] = Σ x[o, 0 … k, i] in place; x[length] dense as [length / group, group / inner, inner], of a type code. */
  cumulativeSum(type: number, x: Address, length: number, group: number, inner: number): void;
}

/** assembly/kernels/softmax.ts: rows of n elements, `row` elements apart, `step` elements between the elements of a row. */
export interface SoftmaxKernels {
  /** Softmax or log-softmax; scratch holds two rows, each rounded up to 16 bytes. */
  softmax(
    compute: number,
    isLog: number,
    out: Address,
    x: Address,
    rows: number,
    n: number,
    outRow: number,
    outStep: number,
    xRow: number,
    xStep: number,
    scratch: Address,
  ): void;
  /** Gradient of x from y and the gradient g of y. */
  softmaxBackward(
    compute: number,
    isLog: number,
    out: Address,
    y: Address,
    g: Address,
    rows: number,
    n: number,
    outRow: number,
    outStep: number,
    yRow: number,
    yStep: number,
    gRow: number,
    gStep: number,
    scratch: Address,
  ): void;
}

/** assembly/kernels/pooling.ts: `block` holds sizes and the address of scratch. */
export interface PoolingKernels {
  /** mode 0 largest, 1 sums or averages, 2 gradient of averages, 3 of largest, 4 largest and their places `at`. */
  pool(compute: number, mode: number, out: Address, x: Address, dx: Address, at: Address, block: Address): void;
}

/** assembly/kernels/lstmCell.ts: adjacent rows of `units` elements; of the gates zi, zf, zg, zo 4 · units apart; peepholes pi, pf, po or 0. */
export interface LstmKernels {
  /** The z become the values of the gates, c the new state, h the output. */
  lstmCell(
    compute: number,
    rows: number,
    units: number,
    zi: Address,
    zf: Address,
    zg: Address,
    zo: Address,
    previous: Address,
    c: Address,
    h: Address,
    pi: Address,
    pf: Address,
    po: Address,
    clip: number,
  ): void;
  /** The gates become the gradient of what lstmCell got, dPrevious (may be dc) that of previous. */
  lstmCellBackward(
    compute: number,
    rows: number,
    units: number,
    zi: Address,
    zf: Address,
    zg: Address,
    zo: Address,
    previous: Address,
    c: Address,
    dh: Address,
    dc: Address,
    dPrevious: Address,
    pi: Address,
    pf: Address,
    po: Address,
    clip: number,
  ): void;
}

/** assembly/kernels/normalization.ts: x and y are [outer, channels, inner]. */
export interface NormalizationKernels {
  /** sums[2, channels + 4] (float64) = Σ u, Σ u · v for v = x − shift[channel] and u = y, or v where y is 0. */
  channelSums(
    compute: number,
    sums: Address,
    x: Address,
    y: Address,
    shift: Address,
    outer: number,
    channels: number,
    inner: number,
  ): void;
  /** out = (x − m) · a + b + k · y; coefficients[4, channels + 4] are m, a, b and k, with 64 bytes of scratch behind. */
  channelScale(
    compute: number,
    out: Address,
    x: Address,
    y: Address,
    coefficients: Address,
    outer: number,
    channels: number,
    inner: number,
  ): void;
}

/** assembly/kernels/sort.ts */
export interface SortKernels {
  /** Sorts rows of n elements: elements to `out`, positions to `at`; either may be 0. order: 0 ascending, 1 descending, 2 ascending read backwards. */
  sortRows(
    type: number,
    order: number,
    rows: number,
    n: number,
    x: Address,
    xRow: number,
    xStep: number,
    out: Address,
    outRow: number,
    outStep: number,
    atType: number,
    at: Address,
    atRow: number,
    atStep: number,
    scratch: Address,
  ): void;
  /** Bytes of scratch for rows of n elements. */
  sortScratchBytes(n: number): number;
}

export interface Kernels
  extends HeapKernels,
    ArenaKernels,
    GemmKernels,
    ConvolutionKernels,
    ElementwiseKernels,
    RandomKernels,
    GaussianKernels,
    MaskKernels,
    CumulativeKernels,
    UpdaterKernels,
    ReduceKernels,
    SoftmaxKernels,
    PoolingKernels,
    LstmKernels,
    NormalizationKernels,
    SortKernels {}
