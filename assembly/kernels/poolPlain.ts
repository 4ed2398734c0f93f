// Pooling of float64, window by window, for any window: the modes and the block of pooling.ts.

import { AVERAGE, AVERAGE_BACKWARD, DILATION, DIVISOR, INNER, KERNEL, MAX_BACKWARD, OUT, PADDING, PLACES, SIZE, STRIDE } from './poolBlock';

/** Of a window in the dimension that was clipped last: its first element inside, and how many are inside. */
let first: i32 = 0;
let count: i32 = 0;

/** Clips window `o` of the dimension whose numbers stand at `at`. */
function clip(at: usize, o: i32): void {
  const far = load<i32>(at, DILATION);
  const size = load<i32>(at, SIZE);
  first = o * load<i32>(at, STRIDE) - load<i32>(at, PADDING);
  count = 0;
  let i = first;
  for (let k = load<i32>(at, KERNEL); k != 0; k--, i += far) {
    if (i < 0) first = i + far;
    else if (i < size) count++;
  }
}

/** Of the call that runs: bytes between columns, rows and planes of a window. */
let next: usize = 0;
let down: usize = 0;
let deep: usize = 0;
/** The largest element of the window that was searched last. */
let largest: f64 = 0;

/** Σ of the elements of a window inside the image: planes of rows of columns from d on; or each += share. */
function sumWindow(d: usize, planes: i32, rows: i32, columns: i32, share: f64, isBackward: bool): f64 {
  let sum: f64 = 0;
  const step = next;
  for (; planes != 0; planes--, d += deep) {
    for (let j = rows, h = d; j != 0; j--, h += down) {
      let w = h;
      if (isBackward) for (let k = columns; k != 0; k--, w += step) store<f64>(w, load<f64>(w) + share);
      else for (let k = columns; k != 0; k--, w += step) sum += load<f64>(w);
    }
  }
  return sum;
}

/** The address of the first of the largest elements of a window, which is not empty; the first of all where none is larger than the lowest number. */
function searchWindow(d: usize, planes: i32, rows: i32, columns: i32): usize {
  let most = f64x2.splat(-f64.MAX_VALUE);
  let found = i64x2.splat(d);
  const step = next;
  for (; planes != 0; planes--, d += deep) {
    for (let j = rows, h = d; j != 0; j--, h += down) {
      let w = h;
      for (let k = columns; k != 0; k--, w += step) {
        const value = v128.load64_splat(w);
        found = v128.bitselect(i64x2.splat(w), found, f64x2.gt(value, most));
        most = f64x2.pmax(most, value);
      }
    }
  }
  largest = f64x2.extract_lane(most, 0);
  return <usize>i64x2.extract_lane(found, 0);
}

export function poolPlain(mode: i32, out: usize, x: usize, dx: usize, places: usize, b: usize): void {
  const unit = <usize>load<i32>(b, INNER) << 3;
  const row = <usize>load<i32>(b, SIZE + 8) * unit;
  const depth = <usize>load<i32>(b, SIZE + 4) * row;
  const plane = <usize>load<i32>(b, SIZE) * depth;
  next = <usize>load<i32>(b, DILATION + 8) * unit;
  down = <usize>load<i32>(b, DILATION + 4) * row;
  deep = <usize>load<i32>(b, DILATION) * depth;
  const outputs = load<i32>(b, OUT + 8);
  const kind = load<i32>(b, DIVISOR);
  const all = load<i32>(b, KERNEL) * load<i32>(b, KERNEL + 4) * load<i32>(b, KERNEL + 8);
  const isBackward = dx != 0;
  if (mode == AVERAGE_BACKWARD) x = dx;
  const apart = dx - x;
  for (let p = load<i32>(b); p != 0; p--, x += plane) {
    if (isBackward) memory.fill(x + apart, 0, plane);
    for (let od = 0; od < load<i32>(b, OUT); od++) {
      clip(b, od);
      const planes = count;
      const inPlanes = <usize>first * depth;
      for (let oh = 0; oh < load<i32>(b, OUT + 4); oh++) {
        clip(b + 4, oh);
        const rows = count;
        const inRows = inPlanes + <usize>first * row;
        for (let ow = 0; ow < outputs; ow++) {
          clip(b + 8, ow);
          const columns = count;
          const divisor: f64 = kind == 0 ? 1 : kind == 1 ? planes * rows * columns : all;
          // Nothing is inside where one of the counts is 0.
          const begin = inRows + <usize>first * unit;
          for (let c: usize = 0; c < unit; c += 8, out += 8) {
            const at = x + begin + c;
            if (mode == AVERAGE) store<f64>(out, sumWindow(at, planes, rows, columns, 0, false) / divisor);
            else if (mode == AVERAGE_BACKWARD) sumWindow(at, planes, rows, columns, load<f64>(out) / divisor, true);
            else {
              const found = searchWindow(at, planes, rows, columns);
              const isEmpty = planes * rows * columns == 0;
              if (mode != MAX_BACKWARD) store<f64>(out, largest);
              else if (!isEmpty) store<f64>(found + apart, load<f64>(found + apart) + load<f64>(out));
              if (mode == PLACES) {
                store<i32>(places, isEmpty ? i32.MAX_VALUE : <i32>((found - x) >> 3));
                places += 4;
              }
            }
          }
        }
      }
    }
  }
}
