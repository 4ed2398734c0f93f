// Operations that ND4J has as custom operations only: how the golden cases call ours.

import type { Pooling2DConfig } from '../../src/ndarray/namespaces/poolingConfig.ts';
import { poolingOf } from '../../src/ndarray/namespaces/poolingConfig.ts';
import type { NDArray } from '../../src/ndarray/ndarray.ts';
import { pnormPool, pnormPoolBackward } from '../../src/ops/pooling.ts';

export const poolingCalls = {
  'ops.pnormPool2d': (x: NDArray, config: Pooling2DConfig): NDArray => {
    const { window, shape } = poolingOf('pnormPool2d', x.shape(), config, 2);
    const out = x.allocateDense(x.info, shape) as NDArray;
    pnormPool(out, x, window, config.extra as number);
    return out;
  },
  'ops.pnormPool2dBp': (x: NDArray, g: NDArray, config: Pooling2DConfig): NDArray[] => {
    const { window } = poolingOf('pnormPool2dBp', x.shape(), config, 2);
    const out = x.allocateDense(x.info, x.shape()) as NDArray;
    if (g.isEmpty()) return [out.assign(0) as NDArray];
    pnormPoolBackward(out, x, g, window, config.extra as number);
    return [out];
  },
};
