import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ListTime } from '../evaluate/visitor-sums.ts';
import { createRecordWriter, eachRecord, type RecordWriter, sortRecords } from './record-file.ts';
import type { Round } from './round.ts';
import { createRoundColumns, type RoundTable } from './round-table.ts';

export interface RoundSpill {
  /** @param time by which the rounds are ordered in the end; equal ones as they were added */
  add(round: Round, time: ListTime): void;
  /** No more are added. */
  finish(): RoundTable;
}

/** Rounds whose rows are in a file, each 16 bytes a feature; memory holds 65 bytes each.
 * @param folder removed by whoever made it, with the file */
export function createRoundSpill(folder: string): RoundSpill {
  const [drawn, sorted] = [join(folder, 'rounds'), join(folder, 'rounds-by-time')];
  const columns = createRoundColumns();
  let times = new Float64Array(2048);
  let count = 0;
  let writer: RecordWriter | undefined;
  let record = new Float64Array();
  return {
    add(round, { at, row = 0 }) {
      const width = round.features.length;
      if (!writer) {
        record = new Float64Array(2 * width);
        if (width > 0) writer = createRecordWriter(drawn, 2 * width);
      }
      columns.add(round);
      if (2 * count === times.length) {
        const grown = new Float64Array(2 * times.length);
        grown.set(times);
        times = grown;
      }
      times.set([at, row], 2 * count++);
      record.set(round.features);
      record.set(round.expected, width);
      writer?.add(record);
    },
    finish() {
      const width = record.length / 2;
      const timeOf = (round: number, part: number) => times[2 * round + part] as number;
      const order = Int32Array.from({ length: count }, (_, round) => round).sort(
        (a, b) => timeOf(a, 0) - timeOf(b, 0) || timeOf(a, 1) - timeOf(b, 1) || a - b,
      );
      if (writer) {
        writer.close();
        sortRecords(drawn, sorted, 2 * width, order);
        rmSync(drawn);
      }
      const visitRecord =
        (visit: Parameters<RoundTable['eachRow']>[0]) => (own: Float64Array, round: number) =>
          visit({ features: own.subarray(0, width), expected: own.subarray(width) }, round);
      return columns.finish(
        {
          width,
          eachRow(visit) {
            if (writer) eachRecord(sorted, 2 * width, visitRecord(visit));
            else for (const round of order.keys()) visitRecord(visit)(record, round);
          },
        },
        order,
      );
    },
  };
}
