/** Bytes of one asset. */
export const ASSET_BYTES = 16_777_216;

/** Bytes of pack.json, uncompressed. */
export const PACK_BYTES = 131_072;

/** Items of the catalog. */
export const CATALOG_ITEMS = 100_000;

/** What `inkling pack` refuses to build besides; in a browser the bytes of pack.json bound all of these. */
export const COUNTS = {
  assets: 16,
  slots: 64,
  /** Of one slot. */
  rules: 64,
  features: 128,
  /** Explaining costs 2^groups scores. */
  groups: 10,
  /** Sensitive tags. */
  sensitive: 64,
  /** Experiments, and as many holdouts. */
  experiments: 32,
  /** Shapes of what leaves the browser, and names in each. */
  egress: 16,
  fields: 64,
  /** Rows of the table of regions. */
  regimes: 64,
  /** Of each address that a shared cache may keep, with the holdout's. */
  sharedPages: 1024,
} as const;
