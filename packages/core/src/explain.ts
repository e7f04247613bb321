export {
  type Contribution,
  type ExplainOptions,
  type Explanation,
  explain,
  type Reason,
} from './explain/explain.ts';
export { type SmallestChange, smallestChange } from './explain/smallest-change.ts';
export { type Change, type Move, type WhatIf, whatIf } from './explain/what-if.ts';
export { type WhyNot, whyNot } from './explain/why-not.ts';
