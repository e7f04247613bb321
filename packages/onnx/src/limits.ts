// A hostile or mistaken model stops at these before it costs memory or time. They are far above what a ranker needs.

/** Bytes of a model: 16 MiB. */
export const MAX_BYTES = 16_777_216;
/** Fields of one protobuf message, so also nodes of a graph. */
export const MAX_FIELDS = 65_536;
export const MAX_RANK = 8;
/** Elements of one tensor, an empty dimension counted as one so that no loop is longer either. */
export const MAX_ELEMENTS = 4_194_304;
/** Cost of one run: a written element costs `ELEMENT_COST`, a multiply-add of a matrix product costs 1. */
export const MAX_COST = 2_147_483_648;
export const ELEMENT_COST = 64;
