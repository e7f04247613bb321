/** What a hostile or mistaken model stops at before it costs memory or time. */
export interface Limits {
  /** Bytes of the model. @default 8 MiB */
  readonly modelBytes: number;
  /** Nodes of the graph. @default 5,000 */
  readonly nodes: number;
  /** Elements of one tensor, an empty dimension counted as one so that no loop is longer either. @default 64 Mi */
  readonly tensorElements: number;
  /** Bytes of what a run computes, for one set of input shapes. @default 256 MiB */
  readonly arenaBytes: number;
  /** Steps of one run: 1 for each multiply-add of a matrix product, 64 for each element that is written. @default 2³⁰ */
  readonly maxWork: number;
}

export const LIMITS: Limits = {
  modelBytes: 8_388_608,
  nodes: 5000,
  tensorElements: 67_108_864,
  arenaBytes: 268_435_456,
  maxWork: 1_073_741_824,
};

/** Fields of one protobuf message. */
export const MAX_FIELDS = 65_536;
export const MAX_RANK = 8;
/** Elements a tensor can have at all. */
export const MAX_ELEMENTS = 2_147_483_648;
export const ELEMENT_COST = 64;
