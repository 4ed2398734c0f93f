// Singular vectors of small matrices by two-sided Jacobi rotations, with the signs and the null space that ND4J's decomposition gives:
// the same pivots, reflections and sweeps. Matrices are row-major, in float64.

/** Rows lie one after another, each `columns` long. */
interface Matrix {
  readonly values: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

const SMALLEST = 2 ** -1022;
const EPSILON = 2 ** -52;

function matrixOf(rows: number, columns: number, at: (i: number, j: number) => number): Matrix {
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) values[i * columns + j] = at(i, j);
  return { values, rows, columns };
}

function entry({ values, columns }: Matrix, i: number, j: number): number {
  return values[i * columns + j] as number;
}

const identity = (i: number, j: number): number => (i === j ? 1 : 0);

/**
 * The left singular vectors of a matrix with at least as many rows as columns, [rows, columns]; of a wide one the first `rows` rows of the
 * right singular vectors, null space included, [rows, columns].
 */
export function singularVectors(a: Float64Array, rows: number, columns: number): Float64Array {
  const wide = rows < columns;
  const [long, short] = wide ? [columns, rows] : [rows, columns];
  const tall = matrixOf(long, short, (i, j) => a[wide ? j * columns + i : i * columns + j] as number);
  const scale = tall.values.reduce((largest, each) => Math.max(largest, Math.abs(each)), 0) || 1;
  for (let k = 0; k < tall.values.length; k++) tall.values[k] = (tall.values[k] as number) / scale;
  let basis: Matrix;
  let core: Matrix;
  if (rows === columns) {
    core = tall;
    basis = matrixOf(rows, rows, identity);
  } else {
    const scales = pivotedReflections(tall);
    core = matrixOf(short, short, (i, j) => {
      const [row, column] = wide ? [j, i] : [i, j];
      return column >= row ? entry(tall, row, column) : 0;
    });
    basis = unfold(tall, scales, wide ? long : short);
  }
  diagonalize(core, basis, wide);
  sortVectors(core, basis, !wide);
  return matrixOf(rows, columns, (i, j) => entry(basis, i, j)).values;
}

/** Swaps two columns. */
function swapColumns({ values, rows, columns }: Matrix, p: number, q: number): void {
  for (let at = 0; at < rows * columns; at += columns) {
    const kept = values[at + p] as number;
    values[at + p] = values[at + q] as number;
    values[at + q] = kept;
  }
}

function columnNorm(x: Matrix, column: number, from: number): number {
  let sum = 0;
  for (let i = from; i < x.rows; i++) sum += entry(x, i, column) ** 2;
  return Math.sqrt(sum);
}

/**
 * QR with the largest remaining column first, in place: R on and above the diagonal, reflection vectors below it.
 * Returns the factor of each reflection.
 */
function pivotedReflections(x: Matrix): Float64Array {
  const { columns } = x;
  const scales = new Float64Array(columns);
  const norms = Float64Array.from({ length: columns }, (_, j) => columnNorm(x, j, 0));
  const reference = norms.slice();
  for (let k = 0; k < columns; k++) {
    let pivot = k;
    for (let j = k + 1; j < columns; j++) if ((norms[j] as number) > (norms[pivot] as number)) pivot = j;
    swapColumns(x, k, pivot);
    for (const list of [norms, reference]) [list[k], list[pivot]] = [list[pivot] as number, list[k] as number];
    scales[k] = reflectColumn(x, k);
    for (let j = k + 1; j < columns; j++) {
      applyReflection(x, x, k, scales[k] as number, j);
      downdate(x, norms, reference, k, j);
    }
  }
  return scales;
}

/** The reflection that makes column k zero below the diagonal; its vector, without the leading 1, is left there. */
function reflectColumn(x: Matrix, k: number): number {
  const { values, rows, columns } = x;
  const first = entry(x, k, k);
  const tail = columnNorm(x, k, k + 1) ** 2;
  if (tail <= SMALLEST) {
    for (let i = k + 1; i < rows; i++) values[i * columns + k] = 0;
    return 0;
  }
  const norm = first >= 0 ? -Math.sqrt(first * first + tail) : Math.sqrt(first * first + tail);
  for (let i = k + 1; i < rows; i++) values[i * columns + k] = entry(x, i, k) / (first - norm);
  values[k * columns + k] = norm;
  return (norm - first) / norm;
}

/** Column j of `target` minus scale·v (v · column), with v from column k of `x`. */
function applyReflection(x: Matrix, target: Matrix, k: number, scale: number, j: number): void {
  const { values, columns } = target;
  let dot = entry(target, k, j);
  for (let i = k + 1; i < x.rows; i++) dot += entry(x, i, k) * entry(target, i, j);
  values[k * columns + j] = entry(target, k, j) - scale * dot;
  for (let i = k + 1; i < x.rows; i++) values[i * columns + j] = entry(target, i, j) - scale * dot * entry(x, i, k);
}

/** The norm of what remains of column j below row k: from the old one, or anew where that loses accuracy. */
function downdate(x: Matrix, norms: Float64Array, reference: Float64Array, k: number, j: number): void {
  const norm = norms[j] as number;
  if (norm === 0) return;
  const part = Math.abs(entry(x, k, j)) / norm;
  const left = Math.max((1 + part) * (1 - part), 0);
  if (left * (norm / (reference[j] as number)) ** 2 <= Math.sqrt(EPSILON)) {
    reference[j] = columnNorm(x, j, k + 1);
    norms[j] = reference[j] as number;
  } else norms[j] = norm * Math.sqrt(left);
}

/** The first `count` columns of Q. */
function unfold(x: Matrix, scales: Float64Array, count: number): Matrix {
  const q = matrixOf(x.rows, count, identity);
  for (let k = scales.length - 1; k >= 0; k--) {
    for (let j = 0; j < count; j++) applyReflection(x, q, k, scales[k] as number, j);
  }
  return q;
}

/** A rotation [[c, s], [−s, c]]. */
interface Rotation {
  readonly c: number;
  readonly s: number;
}

function rotateRows(x: Matrix, p: number, q: number, { c, s }: Rotation): void {
  const { values, columns } = x;
  for (let j = 0; j < columns; j++) {
    const above = entry(x, p, j);
    const below = entry(x, q, j);
    values[p * columns + j] = c * above + s * below;
    values[q * columns + j] = -s * above + c * below;
  }
}

function rotateColumns(x: Matrix, p: number, q: number, { c, s }: Rotation): void {
  const { values, rows, columns } = x;
  for (let at = 0; at < rows * columns; at += columns) {
    const left = values[at + p] as number;
    const right = values[at + q] as number;
    values[at + p] = c * left - s * right;
    values[at + q] = s * left + c * right;
  }
}

/** Sweeps over all pairs until the core is diagonal; the basis follows the left rotations, or the right ones of a wide matrix. */
function diagonalize(core: Matrix, basis: Matrix, wide: boolean): void {
  const { rows: size } = core;
  const diagonal = (i: number): number => Math.abs(entry(core, i, i));
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, diagonal(i));
  for (let isDiagonal = false; !isDiagonal; ) {
    isDiagonal = true;
    for (let p = 1; p < size; p++) {
      for (let q = 0; q < p; q++) {
        const threshold = Math.max(SMALLEST, 2 * EPSILON * largest);
        if (Math.abs(entry(core, p, q)) <= threshold && Math.abs(entry(core, q, p)) <= threshold) continue;
        isDiagonal = false;
        const { left, right } = rotationsFor(core, p, q);
        rotateRows(core, p, q, left);
        rotateColumns(core, p, q, right);
        rotateColumns(basis, p, q, wide ? right : { c: left.c, s: -left.s });
        largest = Math.max(largest, diagonal(p), diagonal(q));
      }
    }
  }
}

/** The rotations that make rows and columns p and q of the core diagonal: first symmetric, then Jacobi. */
function rotationsFor(core: Matrix, p: number, q: number): { left: Rotation; right: Rotation } {
  const [a, b, c, d] = [entry(core, p, p), entry(core, p, q), entry(core, q, p), entry(core, q, q)];
  const difference = c - b;
  const ratio = (a + d) / difference;
  const length = Math.sqrt(1 + ratio * ratio);
  const symmetric = Math.abs(difference) < SMALLEST ? { c: 1, s: 0 } : { c: ratio / length, s: 1 / length };
  const x = symmetric.c * a + symmetric.s * c;
  const y = symmetric.c * b + symmetric.s * d;
  const z = -symmetric.s * b + symmetric.c * d;
  const right = jacobiRotation(x, y, z);
  return {
    left: { c: symmetric.c * right.c + symmetric.s * right.s, s: symmetric.s * right.c - symmetric.c * right.s },
    right,
  };
}

/** Diagonalizes [[x, y], [y, z]]. */
function jacobiRotation(x: number, y: number, z: number): Rotation {
  const divisor = 2 * Math.abs(y);
  if (divisor < SMALLEST) return { c: 1, s: 0 };
  const tau = (x - z) / divisor;
  const root = Math.sqrt(tau * tau + 1);
  const t = tau > 0 ? 1 / (tau + root) : 1 / (tau - root);
  const c = 1 / Math.sqrt(t * t + 1);
  return { c, s: -Math.sign(t) * Math.sign(y) * Math.abs(t) * c };
}

/** Largest singular value first. Left vectors of negative diagonal elements change sign. */
function sortVectors(core: Matrix, basis: Matrix, isLeft: boolean): void {
  const { rows: size } = core;
  const values = Float64Array.from({ length: size }, (_, i) => entry(core, i, i));
  for (let i = 0; i < size; i++) {
    if (isLeft && (values[i] as number) < 0) {
      for (let row = 0; row < basis.rows; row++) basis.values[row * basis.columns + i] = -entry(basis, row, i);
    }
    values[i] = Math.abs(values[i] as number);
  }
  for (let i = 0; i < size; i++) {
    let pivot = i;
    for (let k = i + 1; k < size; k++) if ((values[k] as number) > (values[pivot] as number)) pivot = k;
    [values[i], values[pivot]] = [values[pivot] as number, values[i] as number];
    swapColumns(basis, i, pivot);
  }
}
