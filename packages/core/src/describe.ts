export { type ColumnDescription, describe } from './encode/describe.ts';
