import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { createLogFolder, csv, itemRows } from './log.fixture.ts';
import { readLog } from './read-log.ts';

const folder = createLogFolder();
afterAll(folder.remove);

test('a file that is not there, and packed ones that are not whole', async () => {
  await expect(readLog(join(folder.path, 'none.csv'), itemRows)).rejects.toThrow(
    /expected a readable file, found no such file/,
  );
  const packed = gzipSync(
    csv(...Array.from({ length: 5000 }, (_, i) => `l${i},v${i * 7919},a,0,1,0,1,,,,,`)),
  );
  const changed = Uint8Array.from(packed);
  changed[changed.length - 6] = (changed.at(-6) as number) ^ 255;
  for (const [name, bytes, found] of [
    ['fake.csv.gz', Buffer.from(csv()), 'incorrect header check'],
    ['fake.ndjson.gz', Buffer.from('{}'), 'incorrect header check'],
    // DuckDB alone reads these three as if nothing were missing.
    ['half.csv.gz', packed.subarray(0, packed.length / 2), 'unexpected end of file'],
    ['tail.csv.gz', packed.subarray(0, -4), 'unexpected end of file'],
    ['changed.csv.gz', changed, 'incorrect data check'],
  ] as const) {
    await expect(readLog(folder.write(name, bytes), itemRows)).rejects.toThrow(
      `${name}: expected a whole gzip file, found ${found}`,
    );
  }
});
