// Naive pooling of dense images [N, C, D, H, W] in float64: every window element by element, in the order depth, height, width.

export interface NaiveWindow {
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
}

/** Calls `visit` with the index of each output and the indices of the inputs of its window, padding left out. */
function walk(
  shape: readonly number[],
  out: readonly number[],
  { kernel, stride, padding, dilation }: NaiveWindow,
  visit: (output: number, inputs: number[]) => void,
): void {
  const [n = 1, c = 1, depth = 1, height = 1, width = 1] = shape;
  const [, , od = 1, oh = 1, ow = 1] = out;
  const start = (at: number, d: number): number => at * (stride[d] ?? 1) - (padding[d] ?? 0);
  let output = 0;
  for (let plane = 0; plane < n * c; plane++)
    for (let z = 0; z < od; z++)
      for (let y = 0; y < oh; y++)
        for (let x = 0; x < ow; x++) {
          const inputs: number[] = [];
          for (let i = 0; i < (kernel[0] ?? 1); i++)
            for (let j = 0; j < (kernel[1] ?? 1); j++)
              for (let k = 0; k < (kernel[2] ?? 1); k++) {
                const a = start(z, 0) + i * (dilation[0] ?? 1);
                const b = start(y, 1) + j * (dilation[1] ?? 1);
                const d = start(x, 2) + k * (dilation[2] ?? 1);
                if (a < 0 || a >= depth || b < 0 || b >= height || d < 0 || d >= width) continue;
                inputs.push(((plane * depth + a) * height + b) * width + d);
              }
          visit(output++, inputs);
        }
}

const length = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

function largestOf(x: readonly number[], inputs: readonly number[], lowest: number): number {
  let best = inputs[0] ?? -1;
  let value = lowest;
  for (const i of inputs) {
    if ((x[i] as number) > value) {
      value = x[i] as number;
      best = i;
    }
  }
  return best;
}

/** Largest elements; `lowest` where nothing is larger. */
export function naiveMaxPool(
  x: readonly number[],
  shape: readonly number[],
  out: readonly number[],
  window: NaiveWindow,
  lowest: number,
): number[] {
  const result = new Array<number>(length(out));
  walk(shape, out, window, (output, inputs) => {
    result[output] = x[largestOf(x, inputs, lowest)] ?? lowest;
    if (!((result[output] as number) > lowest)) result[output] = lowest;
  });
  return result;
}

export function naiveMaxPoolBackward(
  x: readonly number[],
  g: readonly number[],
  shape: readonly number[],
  out: readonly number[],
  window: NaiveWindow,
  lowest: number,
): number[] {
  const result = new Array<number>(length(shape)).fill(0);
  walk(shape, out, window, (output, inputs) => {
    const best = largestOf(x, inputs, lowest);
    if (best >= 0) result[best] = (result[best] as number) + (g[output] as number);
  });
  return result;
}

/** Divisors: 0 none, 1 without padding, 2 with padding. */
function divisorOf(divisor: number, inputs: number, { kernel }: NaiveWindow): number {
  return divisor === 0 ? 1 : divisor === 1 ? inputs : length(kernel);
}

export function naiveAveragePool(
  x: readonly number[],
  shape: readonly number[],
  out: readonly number[],
  window: NaiveWindow,
  divisor: number,
): number[] {
  const result = new Array<number>(length(out));
  walk(shape, out, window, (output, inputs) => {
    const sum = inputs.reduce((total, i) => total + (x[i] as number), 0);
    result[output] = sum / divisorOf(divisor, inputs.length, window);
  });
  return result;
}

export function naiveAveragePoolBackward(
  g: readonly number[],
  shape: readonly number[],
  out: readonly number[],
  window: NaiveWindow,
  divisor: number,
): number[] {
  const result = new Array<number>(length(shape)).fill(0);
  walk(shape, out, window, (output, inputs) => {
    for (const i of inputs)
      result[i] = (result[i] as number) + (g[output] as number) / divisorOf(divisor, inputs.length, window);
  });
  return result;
}

export function naivePnormPool(
  x: readonly number[],
  shape: readonly number[],
  out: readonly number[],
  window: NaiveWindow,
  p: number,
): number[] {
  const powers = x.map((each) => Math.abs(each) ** p);
  return naiveAveragePool(powers, shape, out, window, 0).map((sum) => sum ** (1 / p));
}
