import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pack } from '@inkling/core';
import { createFullEncoder } from '@inkling/core/full';
import { buildModel, float32 } from '../onnx/model-builder.ts';
import { SHOP_FOLDER } from './shop.ts';

export function shopPack(): Pack {
  return JSON.parse(readFileSync(join(SHOP_FOLDER, 'inkling/pack.json'), 'utf8'));
}

/** A ranker that only looks at prices, with an operator of the given name behind it. */
export function priceRanker({ spec, fingerprint }: Pack, operator: string): Uint8Array {
  const { width, featureOf } = createFullEncoder(spec);
  const price = spec.features.findIndex(
    (feature) => feature.kind === 'number' && feature.source === 'item:price',
  );
  const weights = featureOf.map((feature, column) =>
    Number(column === featureOf.indexOf(price) && feature === price),
  );
  return buildModel({
    inputs: [{ name: 'features', type: 'float32', dims: ['N', width] }],
    initializers: { w: float32([width, 1], weights) },
    nodes: [
      { op: 'MatMul', inputs: ['features', 'w'], outputs: ['dear'] },
      { op: operator, inputs: ['dear'], outputs: ['score'] },
    ],
    outputs: [{ name: 'score' }],
    metadata: { 'inkling.spec': fingerprint },
  });
}

/** The pack with another model, its hash set right. */
export function withModel(pack: Pack, model: Uint8Array): Pack {
  const assets = pack.assets.map((asset) =>
    asset.role === 'model'
      ? {
          ...asset,
          sha256: createHash('sha256').update(model).digest('hex'),
          inline: Buffer.from(model).toString('base64'),
        }
      : asset,
  );
  return { ...pack, assets };
}
