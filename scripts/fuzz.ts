// npm run fuzz -- onnx --seconds N [--seed S]: runs damaged and made-up models, and prints what only an OnnxError should
// have stopped, what went beyond its limits, and where two entries differ. Exits with 1 where there are findings; their
// bytes, as small as they could be made, are kept in a folder beside the system's other temporary ones.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzOnnx } from '../test/fuzz/fuzz-onnx.ts';

const [name, ...rest] = process.argv.slice(2);
const option = (flag: string, fallback: number): number => {
  const at = rest.indexOf(flag);
  return at < 0 ? fallback : Number(rest[at + 1]);
};
const seconds = option('--seconds', 60);
const seed = option('--seed', Date.now() % 1_000_000);
if (name !== 'onnx' || !(seconds > 0) || !Number.isInteger(seed)) {
  console.error('npm run fuzz -- onnx [--seconds N] [--seed S], S a whole number');
  process.exit(2);
}
const folder = mkdtempSync(join(tmpdir(), 'inkling-fuzz-'));
const report = await fuzzOnnx({ seconds, seed, folder });
for (const { what, file } of report.findings) console.log(`${file}\n${what}\n`);
console.log(
  `seed ${seed}: ${report.executions} executions in ${report.seconds.toFixed(1)} s, ${report.findings.length} findings`,
);
process.exit(report.findings.length > 0 ? 1 : 0);
