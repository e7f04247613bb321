import type { EncodedList } from '../dataset/encoded-lists.ts';
import type { NetworkColumns } from './network-columns.ts';

/** Rows of several lists, one after the other, as a network reads them. */
export interface NetworkRows {
  readonly count: number;
  /** f32[count × dense columns], each column times its scale. */
  readonly dense: Float32Array;
  /** Rows of the table, i32[count × slots]; -1 for the padding of a field with several values. */
  readonly ids: Int32Array;
}

/** @param width of a row of the lists
 * @param scale what each dense column is multiplied by */
export function networkRows(
  { dense, fields }: NetworkColumns,
  width: number,
  scale: Float32Array,
  lists: readonly EncodedList[],
): NetworkRows {
  const slots = fields.flatMap(({ columns, offset }) =>
    columns.map((column) => ({ column, offset, isPadded: columns.length > 1 })),
  );
  const count = lists.reduce((sum, { labels }) => sum + labels.length, 0);
  const rows = {
    count,
    dense: new Float32Array(count * dense.length),
    ids: new Int32Array(count * slots.length),
  };
  let row = 0;
  for (const { features, labels } of lists) {
    for (let start = 0; start < labels.length * width; start += width, row++) {
      for (let i = 0; i < dense.length; i++) {
        const value = features[start + (dense[i] as number)] as number;
        rows.dense[row * dense.length + i] = value * (scale[i] as number);
      }
      slots.forEach(({ column, offset, isPadded }, slot) => {
        const id = features[start + column] as number;
        rows.ids[row * slots.length + slot] = isPadded && id === 0 ? -1 : offset + id;
      });
    }
  }
  return rows;
}
