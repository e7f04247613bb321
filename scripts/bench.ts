// npm run bench -- NAME [--json FILE] [options]: measures and prints; see test/bench.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, BenchRow } from '../test/bench/bench.ts';

const folder = join(import.meta.dirname, '../test/bench');
const [name = '', ...rest] = process.argv.slice(2);
const file = join(folder, `${name}.ts`);

if (name === 'bench' || !/^[a-z-]+$/.test(name) || !existsSync(file)) {
  const names = readdirSync(folder).filter((entry) => entry.endsWith('.ts') && entry !== 'bench.ts');
  console.error(
    `npm run bench -- NAME [--json FILE] [options]; NAME is one of ${names.map((n) => n.slice(0, -3)).join(', ')}`,
  );
  process.exit(2);
}
const { jsonFile, options } = takeJson(rest);
const { bench } = (await import(file)) as { readonly bench: Bench };
const rows = await bench(options);
console.log(table(rows));
if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify({ bench: name, rows }, null, 2)}\n`);

function takeJson(args: readonly string[]): { jsonFile: string | undefined; options: string[] } {
  const at = args.indexOf('--json');
  if (at < 0) return { jsonFile: undefined, options: [...args] };
  return { jsonFile: args[at + 1], options: [...args.slice(0, at), ...args.slice(at + 2)] };
}

function table(all: readonly BenchRow[]): string {
  const number = (value: number) => (Number.isInteger(value) ? String(value) : value.toFixed(4));
  const cells = all.map((row) => [
    row.case,
    row.metric,
    number(row.value),
    row.low === undefined || row.high === undefined ? '' : `[${number(row.low)}, ${number(row.high)}]`,
    row.unit,
  ]);
  const lines = [['case', 'metric', 'value', 'interval', 'unit'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 2 ? cell.padStart(widths[2] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
