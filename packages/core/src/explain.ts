export { type Explanation, explain, type Reason } from './explain/explain.ts';
