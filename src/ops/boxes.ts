// Boxes in images, [y1, x1, y2, x2] each: crops and the suppression of overlaps. Float64.

/** Images [images, height, width, channels] in 'c' order. */
export interface Images {
  readonly values: Float64Array;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** Places of a crop over a side of `size` pixels; a crop of one pixel takes the middle. */
function places(from: number, to: number, size: number, count: number): number[] {
  if (count === 1) return [0.5 * (from + to) * (size - 1)];
  const step = ((to - from) * (size - 1)) / (count - 1);
  return Array.from({ length: count }, (_, i) => from * (size - 1) + i * step);
}

/** What lies at (y, x) between four pixels, channel by channel, into `out`; `outside` beyond the image. */
function sample(images: Images, image: number, y: number, x: number, outside: number, out: Float64Array): void {
  const { values, height, width, channels } = images;
  if (!(y >= 0 && y <= height - 1 && x >= 0 && x <= width - 1)) {
    out.fill(outside);
    return;
  }
  const [top, left] = [Math.floor(y), Math.floor(x)];
  const [bottom, right] = [Math.ceil(y), Math.ceil(x)];
  const pixel = (row: number, column: number, c: number): number =>
    values[((image * height + row) * width + column) * channels + c] as number;
  for (let c = 0; c < channels; c++) {
    const upper = pixel(top, left, c) + (pixel(top, right, c) - pixel(top, left, c)) * (x - left);
    const lower = pixel(bottom, left, c) + (pixel(bottom, right, c) - pixel(bottom, left, c)) * (x - left);
    out[c] = upper + (lower - upper) * (y - top);
  }
}

/** Crops [boxes, height, width, channels]: each box of its image, scaled; box coordinates run from 0 to 1 over the image. */
export function cropBoxes(
  images: Images,
  boxes: Float64Array,
  owners: Float64Array,
  [height, width]: readonly [number, number],
  outside: number,
): Float64Array {
  const { channels } = images;
  const out = new Float64Array(owners.length * height * width * channels);
  let at = 0;
  owners.forEach((image, box) => {
    const [y1, x1, y2, x2] = boxes.subarray(4 * box, 4 * box + 4) as unknown as [number, number, number, number];
    const columns = places(x1, x2, images.width, width);
    for (const y of places(y1, y2, images.height, height)) {
      for (const x of columns) {
        sample(images, image, y, x, outside, out.subarray(at, at + channels));
        at += channels;
      }
    }
  });
  return out;
}

/** Shared area over joint area; 0 for boxes without area. Any two opposite corners describe a box. */
function overlap(boxes: Float64Array, a: number, b: number): number {
  const side = (box: number, axis: number): [number, number] => {
    const [p, q] = [boxes[4 * box + axis] as number, boxes[4 * box + 2 + axis] as number];
    return [Math.min(p, q), Math.max(p, q)];
  };
  const [[aTop, aBottom], [aLeft, aRight]] = [side(a, 0), side(a, 1)];
  const [[bTop, bBottom], [bLeft, bRight]] = [side(b, 0), side(b, 1)];
  const areas = [(aBottom - aTop) * (aRight - aLeft), (bBottom - bTop) * (bRight - bLeft)] as const;
  if (areas[0] <= 0 || areas[1] <= 0) return 0;
  const height = Math.max(0, Math.min(aBottom, bBottom) - Math.max(aTop, bTop));
  const width = Math.max(0, Math.min(aRight, bRight) - Math.max(aLeft, bLeft));
  return (height * width) / (areas[0] + areas[1] - height * width);
}

/** Boxes by falling score that overlap no better one by more than `most`, at most `count`; equal scores keep their order. */
export function suppressOverlaps(
  boxes: Float64Array,
  candidates: readonly number[],
  scores: Float64Array,
  count: number,
  most: number,
): number[] {
  const kept: number[] = [];
  const byScore = [...candidates].sort((a, b) => (scores[b] as number) - (scores[a] as number));
  for (const box of byScore) {
    if (kept.length >= count) break;
    if (kept.every((better) => overlap(boxes, better, box) <= most)) kept.push(box);
  }
  return kept;
}
