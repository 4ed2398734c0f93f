// Colours of pixels: three adjacent numbers each, float64. Hues are turns, 0 to 1.

/** A linear change of colours: rows are the inputs, columns the outputs. */
export type ColorMatrix = readonly (readonly [number, number, number])[];

/** The coefficients of libnd4j (ITU-R BT.601), its rounded 0.2115 included. */
export const colorMatrices = {
  rgbToYiq: [
    [0.299, 0.59590059, 0.2115],
    [0.587, -0.27455667, -0.52273617],
    [0.114, -0.32134392, 0.31119955],
  ],
  rgbToYuv: [
    [0.299, -0.14714119, 0.61497538],
    [0.587, -0.2888691, -0.51496512],
    [0.114, 0.43601035, -0.10001026],
  ],
  yiqToRgb: [
    [1, 1, 1],
    [0.95598634, -0.27201283, -1.10674021],
    [0.6208248, -0.64720424, 1.70423049],
  ],
  yuvToRgb: [
    [1, 1, 1],
    [0, -0.394642334, 2.03206185],
    [1.13988303, -0.58062185, 0],
  ],
} as const satisfies Record<string, ColorMatrix>;

type Color = [number, number, number];

/** Every pixel replaced by what `change` makes of its three numbers. */
export function mapPixels(pixels: Float64Array, change: (a: number, b: number, c: number) => Color): Float64Array {
  const out = new Float64Array(pixels.length);
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    out.set(change(pixels[at] as number, pixels[at + 1] as number, pixels[at + 2] as number), at);
  }
  return out;
}

/** Every pixel times the matrix. */
export function transformColors(pixels: Float64Array, [x, y, z]: ColorMatrix): Float64Array {
  const [[x0, x1, x2], [y0, y1, y2], [z0, z1, z2]] = [x, y, z] as [Color, Color, Color];
  return mapPixels(pixels, (a, b, c) => [a * x0 + b * y0 + c * z0, a * x1 + b * y1 + c * z1, a * x2 + b * y2 + c * z2]);
}

/** Hue, saturation and value. A grey has hue 0, black also saturation 0. */
export function rgbToHsv(r: number, g: number, b: number): Color {
  const value = Math.max(r, g, b);
  const range = value - Math.min(r, g, b);
  const saturation = value > 0 ? range / value : 0;
  if (range === 0) return [0, saturation, value];
  let sixths: number;
  if (r === value) sixths = (g - b) / range;
  else if (g === value) sixths = (b - r) / range + 2;
  else sixths = (r - g) / range + 4;
  return [sixths < 0 ? sixths / 6 + 1 : sixths / 6, saturation, value];
}

/** The colour of a hue, whose whole turns do not count, a saturation and a value. */
export function hsvToRgb(hue: number, saturation: number, value: number): Color {
  const sixths = (hue - Math.floor(hue)) * 6;
  const channel = (offset: number): number => {
    const position = (offset + sixths) % 6;
    return value - value * saturation * Math.max(0, Math.min(position, 4 - position, 1));
  };
  return [channel(5), channel(3), channel(1)];
}

/** Hues turned by `delta`. */
export function turnHues(pixels: Float64Array, delta: number): Float64Array {
  return mapPixels(pixels, (r, g, b) => {
    const [hue, saturation, value] = rgbToHsv(r, g, b);
    return hsvToRgb(hue + delta, saturation, value);
  });
}

/** Saturations times `factor`, kept between 0 and 1. */
export function scaleSaturations(pixels: Float64Array, factor: number): Float64Array {
  return mapPixels(pixels, (r, g, b) => {
    const [hue, saturation, value] = rgbToHsv(r, g, b);
    return hsvToRgb(hue, Math.min(1, Math.max(0, saturation * factor)), value);
  });
}

/** (x − mean) · factor + mean, the mean being that of a channel of an image: `pixels` pixels of `channels` numbers. */
export function scaleContrast(values: Float64Array, pixels: number, channels: number, factor: number): Float64Array {
  const out = new Float64Array(values.length);
  const size = pixels * channels;
  for (let image = 0; image < values.length; image += size) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let at = image + channel; at < image + size; at += channels) sum += values[at] as number;
      const mean = sum / pixels;
      for (let at = image + channel; at < image + size; at += channels) {
        out[at] = ((values[at] as number) - mean) * factor + mean;
      }
    }
  }
  return out;
}
