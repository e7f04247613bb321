import { ASSET_BYTES } from './limits.ts';

/** What a JSON value must be: a `string`, an `object`, a `share` from 0 to 1, a whole number from 1 to the one that stands here,
 * a list of one shape, or named parts, of which those ending in `?` may be absent. */
export type Shape =
  | typeof TEXT
  | typeof OBJECT
  | typeof SHARE
  | number
  | readonly [Shape]
  | { readonly [name: string]: Shape };

const TEXT = 'string';
const OBJECT = 'object';
export const SHARE = 'share';
/** Number.MAX_SAFE_INTEGER, in fewer bytes. */
const ANY = 2 ** 53 - 1;

/** The parts of pack.json that a browser relies on without looking closer. A test derives their form from the schema,
 * and says why the rest is not here. */
export const PACK_SHAPE: Shape = {
  format: 1,
  version: ANY,
  floor: ANY,
  expiresAt: TEXT,
  assets: [{ role: TEXT, path: TEXT, bytes: ASSET_BYTES, 'inline?': TEXT }],
  spec: {
    groups: [{ id: TEXT, sentence: TEXT }],
    features: [{ kind: TEXT, group: TEXT, sentence: TEXT }],
    phrases: OBJECT,
  },
  slots: [
    {
      id: TEXT,
      kind: TEXT,
      'k?': ANY,
      policy: { type: TEXT },
      rules: [{ type: TEXT }],
    },
  ],
  'sensitive?': [TEXT],
  experiment: { holdout: SHARE },
  modelCard: { summary: TEXT },
};

/** The same of catalog.json. */
export const CATALOG_SHAPE: Shape = [{ id: TEXT, 'tags?': [TEXT] }];
