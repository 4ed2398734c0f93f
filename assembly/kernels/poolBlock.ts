// Words of the block that describes windows to the pooling kernels, in bytes, and the modes of both; pooling.ts says what they mean.

// @ts-ignore: decorator
@inline
export const SIZE: usize = 4;
// @ts-ignore: decorator
@inline
export const INNER: usize = 16;
// @ts-ignore: decorator
@inline
export const OUT: usize = 20;
// @ts-ignore: decorator
@inline
export const KERNEL: usize = 32;
// @ts-ignore: decorator
@inline
export const STRIDE: usize = 44;
// @ts-ignore: decorator
@inline
export const PADDING: usize = 56;
// @ts-ignore: decorator
@inline
export const DILATION: usize = 68;
// @ts-ignore: decorator
@inline
export const DIVISOR: usize = 80;

// @ts-ignore: decorator
@inline
export const MAX: i32 = 0;
// @ts-ignore: decorator
@inline
export const AVERAGE: i32 = 1;
// @ts-ignore: decorator
@inline
export const AVERAGE_BACKWARD: i32 = 2;
// @ts-ignore: decorator
@inline
export const MAX_BACKWARD: i32 = 3;
// @ts-ignore: decorator
@inline
export const PLACES: i32 = 4;
