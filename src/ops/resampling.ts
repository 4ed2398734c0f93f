// Resampling along one dimension as weights: which source elements make one of the result, and how much of each. The rules are TensorFlow's.

/** One element of the result: Σ weights[i] · source[from + i]; the indices may stand apart. */
export interface Taps {
  readonly indices: readonly number[];
  readonly weights: readonly number[];
}

/** How the places of the result lie over the source. */
export interface Sampling {
  /** The corners of both fall together. */
  readonly alignCorners: boolean;
  /** Places are the middles of pixels. */
  readonly halfPixelCenters: boolean;
}

/** Source length per element of the result. */
function scaleOf(source: number, size: number, alignCorners: boolean): number {
  return alignCorners && size > 1 ? (source - 1) / (size - 1) : source / size;
}

const eachOf = (size: number, taps: (i: number) => Taps): Taps[] => Array.from({ length: size }, (_, i) => taps(i));
const clamp = (index: number, source: number): number => Math.min(Math.max(index, 0), source - 1);

/** The nearest source element. */
export function nearestTaps(source: number, size: number): Taps[] {
  const scale = scaleOf(source, size, false);
  return eachOf(size, (i) => ({ indices: [clamp(Math.floor((i + 0.5) * scale), source)], weights: [1] }));
}

/** Linear between two neighbours. */
export function linearTaps(source: number, size: number, { alignCorners, halfPixelCenters }: Sampling): Taps[] {
  const scale = scaleOf(source, size, alignCorners);
  return eachOf(size, (i) => {
    const at = halfPixelCenters ? (i + 0.5) * scale - 0.5 : i * scale;
    const below = Math.floor(at);
    return {
      indices: [clamp(below, source), clamp(below + 1, source)],
      weights: [1 - (at - below), at - below],
    };
  });
}

/** The cubic convolution kernel of Keys. */
function keys(x: number, a: number): number {
  if (x >= 2) return 0;
  if (x >= 1) return a * (((x - 5) * x + 8) * x - 4);
  return ((a + 2) * x - (a + 3)) * x * x + 1;
}

/** Steps of the fraction between two elements: a table's in TensorFlow, so that results agree. */
const CUBIC_STEPS = 1024;

/** Cubic between four neighbours: a = −½ without what lies outside for half-pixel centres, else a = −¾ with the border repeated. */
export function cubicTaps(source: number, size: number, { alignCorners, halfPixelCenters }: Sampling): Taps[] {
  const scale = scaleOf(source, size, alignCorners);
  const a = halfPixelCenters ? -0.5 : -0.75;
  return eachOf(size, (i) => {
    const at = halfPixelCenters ? (i + 0.5) * scale - 0.5 : i * scale;
    const below = Math.floor(at);
    const fraction = Math.round((at - below) * CUBIC_STEPS) / CUBIC_STEPS;
    const places = [below - 1, below, below + 1, below + 2];
    const weights = [1 + fraction, fraction, 1 - fraction, 2 - fraction].map((distance, k) =>
      halfPixelCenters && places[k] !== clamp(places[k] as number, source) ? 0 : keys(distance, a),
    );
    return { indices: places.map((place) => clamp(place, source)), weights: normalized(weights) };
  });
}

function normalized(weights: readonly number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return Math.abs(sum) < 1e-30 ? [...weights] : weights.map((weight) => weight / sum);
}

/** The mean of what the element covers. */
export function areaTaps(source: number, size: number): Taps[] {
  const scale = scaleOf(source, size, false);
  return eachOf(size, (i) => {
    const [from, to] = [i * scale, (i + 1) * scale];
    const first = Math.floor(from);
    // A sliver of rounding is no element.
    const indices = Array.from({ length: Math.max(1, Math.ceil(to - 1e-9) - first) }, (_, k) => first + k);
    const covered = indices.map((place) => Math.min(place + 1, to) - Math.max(place, from));
    return { indices: indices.map((place) => clamp(place, source)), weights: normalized(covered) };
  });
}

/** A kernel: what an element at a distance counts, 0 from the radius on. */
export interface Kernel {
  readonly radius: number;
  readonly at: (distance: number) => number;
}

function lanczos(radius: number): Kernel {
  return {
    radius,
    at: (x) => {
      if (x > radius) return 0;
      if (x <= 1e-3) return 1;
      return (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * Math.PI * x * x);
    },
  };
}

/** Kernels by the method that uses them. */
export const kernels = {
  triangle: { radius: 1, at: (x) => Math.max(0, 1 - x) },
  cubic: { radius: 2, at: (x) => keys(x, -0.5) },
  gaussian: { radius: 1.5, at: (x) => (x >= 1.5 ? 0 : Math.exp(-2 * x * x)) },
  lanczos3: lanczos(3),
  lanczos5: lanczos(5),
  mitchell: {
    radius: 2,
    at: (x) => {
      if (x >= 2) return 0;
      if (x >= 1) return (((-7 / 18) * x + 2) * x - 10 / 3) * x + 16 / 9;
      return ((7 / 6) * x - 2) * x * x + 8 / 9;
    },
  },
} as const satisfies Record<string, Kernel>;

/** A kernel around the middle of each element, as wide as the element when it shrinks the image and `antialias` is on. */
export function kernelTaps(source: number, size: number, kernel: Kernel, antialias: boolean): Taps[] {
  const scale = scaleOf(source, size, false);
  const width = antialias ? Math.max(scale, 1) : 1;
  return eachOf(size, (i) => {
    const middle = (i + 0.5) * scale;
    const from = clamp(Math.ceil(middle - kernel.radius * width - 0.5), source);
    const to = clamp(Math.floor(middle + kernel.radius * width - 0.5), source);
    const indices = Array.from({ length: to - from + 1 }, (_, k) => from + k);
    return { indices, weights: normalized(indices.map((place) => kernel.at(Math.abs(place + 0.5 - middle) / width))) };
  });
}

/** One dimension of `values` ([outer, source, inner] in 'c' order) resampled. */
export function resample(values: Float64Array, source: number, inner: number, taps: readonly Taps[]): Float64Array {
  const outer = values.length / (source * inner);
  const out = new Float64Array(outer * taps.length * inner);
  for (let o = 0; o < outer; o++) {
    taps.forEach(({ indices, weights }, i) => {
      const to = (o * taps.length + i) * inner;
      indices.forEach((place, k) => {
        const weight = weights[k] as number;
        if (weight === 0) return;
        const from = (o * source + place) * inner;
        for (let c = 0; c < inner; c++) out[to + c] = (out[to + c] as number) + weight * (values[from + c] as number);
      });
    });
  }
  return out;
}
