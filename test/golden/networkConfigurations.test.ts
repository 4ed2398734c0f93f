// Configurations that DL4J 1.0.0-M2.1 wrote itself: each must be read, written and read again without loss.

import { describe, expect, test } from 'vitest';
import { knownLayers } from '../../src/nn/conf/layerTable.ts';
import { MultiLayerConfiguration } from '../../src/nn/conf/multiLayerConfiguration.ts';
import { goldenFiles } from '../support/golden.ts';

interface NetworkCase {
  readonly kind: string;
  readonly config?: unknown;
}

/** Layer classes of a configuration, nested ones included. */
function layerTypesIn(config: unknown): string[] {
  const found = JSON.stringify(config).matchAll(
    /"@class":"(org\.deeplearning4j\.nn\.conf\.(?:layers|ocnn)\.[\w.$]+)"/g,
  );
  return [...new Set([...found].map(([, name]) => name as string))].filter((name) => !name.includes('Distribution'));
}
function missingFeature({ kind, config }: NetworkCase): string | undefined {
  if (config === undefined) return 'no configuration recorded';
  if (kind !== 'MultiLayerNetwork') return kind;
  return layerTypesIn(config)
    .find((name) => !knownLayers.knows(name))
    ?.split('.')
    .at(-1);
}

describe('MultiLayerConfiguration.fromJson() and toJson() keep DL4J’s configuration', () => {
  for (const file of goldenFiles('networks').filter(({ name }) => name !== 'index')) {
    const golden = file.read() as NetworkCase;
    const missing = missingFeature(golden);
    test.skipIf(missing !== undefined)(
      `${file.name}${missing === undefined ? '' : ` (not built yet: ${missing})`}`,
      () => {
        const configuration = MultiLayerConfiguration.fromJson(JSON.stringify(golden.config));
        const written = configuration.toJson();
        expect(JSON.parse(written)).toEqual(golden.config);
        expect(MultiLayerConfiguration.fromJson(written).toJson()).toBe(written);
        expect(MultiLayerConfiguration.fromJson(written).equals(configuration)).toBe(true);
        expect(configuration.layers.map((layer) => layer.parameterKeys.all)).toEqual(
          configuration.confs.map(({ variables }) => variables),
        );
      },
    );
  }
});
