import type { NetworkColumns } from './network-columns.ts';
import type { NetworkRows } from './network-rows.ts';
import type { Matrix } from './weights.ts';

/** f32[rows × fields × factors]: of each field the sum of the table's rows that its ids name. */
export function embed({ fields }: NetworkColumns, table: Matrix, rows: NetworkRows): Float32Array {
  const out = new Float32Array(rows.count * fields.length * table.columns);
  walk(fields, table.columns, rows, (id, at) => {
    for (let k = 0; k < table.columns; k++)
      out[at + k] = (out[at + k] as number) + (table.values[id + k] as number);
  });
  return out;
}

/** Adds the gradient of the table, given the derivative by each cell that `embed` gave. */
export function backwardEmbed(
  { fields }: NetworkColumns,
  { columns, values }: Matrix,
  rows: NetworkRows,
  derivative: Float32Array,
): void {
  walk(fields, columns, rows, (id, at) => {
    for (let k = 0; k < columns; k++)
      values[id + k] = (values[id + k] as number) + (derivative[at + k] as number);
  });
}

/** Visits each id. @param visit told where the id's vector starts in the table, and where its field does in the rows */
function walk(
  fields: NetworkColumns['fields'],
  factors: number,
  { count, ids }: NetworkRows,
  visit: (id: number, at: number) => void,
): void {
  const fieldOf = fields.flatMap(({ columns }, field) => columns.map(() => field));
  for (let row = 0, i = 0; row < count; row++) {
    for (let slot = 0; slot < fieldOf.length; slot++, i++) {
      const id = ids[i] as number;
      if (id >= 0) visit(id * factors, (row * fields.length + (fieldOf[slot] as number)) * factors);
    }
  }
}
