import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runProgram } from '../../packages/cli/src/program.ts';

const MAPPING = {
  ...{ format: 1, list: 'list', visitor: 'who', item: 'item', label: 'chosen' },
  ...{ time: { column: 'at', unit: 's' }, context: {}, features: {} },
};
const SPEC = {
  format: 2,
  groups: [{ id: 'g', sentence: 'Because.' }],
  features: [{ kind: 'number', source: 'list:position', group: 'g', sentence: 'Because.' }],
  phrases: {},
};
const LOG = '--impressions log.csv --mapping mapping.json --spec spec.json';
const RANKER = `${LOG} --model text`;
const PACK = '--id shop --pack-version 1 --spec spec.json --slots empty.json --card empty.json';

/** What is typed, and what is answered: the place, what was expected, what was found. */
const CASES: readonly (readonly [string, string])[] = [
  [
    'train --impressions none.csv --mapping mapping.json --spec spec.json --out new',
    'none.csv: expected a readable file, found no such file',
  ],
  [
    'train --impressions folder --mapping mapping.json --spec spec.json --out new',
    'folder: expected a readable file, found a folder',
  ],
  [
    'train --impressions log.xls --mapping mapping.json --spec spec.json --out new',
    'log.xls: expected a name ending in .csv, .tsv, .ndjson, .jsonl, one of these with .gz, or .parquet, found log.xls',
  ],
  [
    'train --impressions log.csv --mapping folder --spec spec.json --out new',
    'folder: expected a readable file, found a folder',
  ],
  [
    'train --impressions log.csv --mapping empty.json --spec spec.json --out new',
    'empty.json: format: expected 1, found nothing',
  ],
  [
    'train --impressions log.csv --mapping blank.json --spec spec.json --out new',
    'blank.json: expected JSON, found an empty file',
  ],
  [
    'train --impressions log.csv --mapping seven.json --spec spec.json --out new',
    'seven.json: expected a mapping whose rows are items, lists or totals, found 7',
  ],
  [
    'train --impressions log.csv --mapping mapping.json --spec empty.json --out new',
    "empty.json: format: expected '1' | '2', found nothing",
  ],
  [`train ${LOG} --out`, "option '--out <folder>' argument missing\ninkling train --help says what it takes"],
  [
    `train ${LOG} --out new --epochs many`,
    "option '--epochs <n>' argument 'many' is invalid. expected a whole number above 0",
  ],
  [
    `train ${LOG} --out new --model 7`,
    "option '--model <kind>' argument '7' is invalid. Allowed choices are",
  ],
  [`train ${LOG} --out text`, 'text: expected a folder, or a name for a new one, found a file'],
  [`train ${LOG} --out new --catalog empty.json`, 'empty.json: expected array, found {}'],
  ['train --from-rules empty.json --out new', 'empty.json: expected array, found {}'],
  [
    'train --from-rules none.json --out text',
    'text: expected a folder, or a name for a new one, found a file',
  ],
  [`evaluate ${LOG} --model folder`, 'folder: expected a readable file, found a folder'],
  [`evaluate ${RANKER}`, 'text: expected an ONNX model that @inkling/onnx runs, found '],
  [`evaluate ${RANKER} -k few`, "option '-k <n>' argument 'few' is invalid. expected a whole number above 0"],
  [`evaluate ${RANKER} --out folder`, 'folder: expected the name of a file, found a folder'],
  [`report ${RANKER} --out folder`, 'folder: expected the name of a file, found a folder'],
  [`report ${RANKER} --out new --card empty.json`, 'empty.json: summary: expected string, found nothing'],
  [
    'drift --before log.csv --after none.csv --mapping mapping.json --spec spec.json',
    'none.csv: expected a readable file, found no such file',
  ],
  [
    'drift --before log.csv --after log.csv --mapping mapping.json --spec spec.json --fail-on often',
    "argument 'often' is invalid. expected a condition such as psi>0.25",
  ],
  [
    'counterfactual --impressions log.csv --mapping mapping.json --target folder',
    'folder: expected a readable file, found a folder',
  ],
  [`counterfactual ${RANKER} --slots folder --slot grid`, 'folder: expected a readable file, found a folder'],
  [
    'counterfactual --impressions log.csv --mapping mapping.json --target log.csv --clip none',
    "argument 'none' is invalid. expected a number above 0",
  ],
  [`features ${LOG} --out folder.parquet`, 'folder.parquet: expected the name of a file, found a folder'],
  [`features ${LOG} --out new.csv`, 'new.csv: expected a name ending in .parquet, found new.csv'],
  ['skew --records text --pack folder', 'folder/pack.json: expected a readable file, found no such file'],
  [
    'neighbours --events log.csv --mapping empty.json --out new.txt',
    'new.txt: expected a name ending in .json or .bin, found new.txt',
  ],
  [
    'neighbours --events log.csv --mapping empty.json --out new.json --kind sold',
    "argument 'sold' is invalid. Allowed choices are viewed, bought.",
  ],
  [
    'neighbours --events log.csv --mapping empty.json --out folder.json',
    'folder.json: expected the name of a file, found a folder',
  ],
  [
    'import folder --spec spec.json --output logit --out new',
    'folder: expected a readable file, found a folder',
  ],
  ['import text --spec spec.json --output logit --out new', 'text: expected an ONNX model, found '],
  [
    'import text --spec spec.json --output 7 --out new',
    "argument '7' is invalid. Allowed choices are probability, logit, utility.",
  ],
  [
    'import text --spec spec.json --output logit --out text',
    'text: expected a folder, or a name for a new one, found a file',
  ],
  [
    `pack ${PACK} --model folder --catalog empty.json --out new`,
    'folder: expected a readable file, found a folder',
  ],
  [
    `pack ${PACK} --model text --catalog empty.json --out text`,
    'text: expected a folder, or a name for a new one, found a file',
  ],
  [
    `pack ${PACK} --model text --catalog none.json --out new`,
    'none.json: expected a readable file, found no such file',
  ],
  ['verify text', 'text/pack.json: expected a readable file, found no such file'],
  ['verify folder --floor low', "argument 'low' is invalid. expected a whole number above 0"],
  ['keys --out folder', 'folder: expected a new file, found one that is there'],
  [
    'keys --out new --replaces text',
    'text: expected a private P-256 key, as `inkling keys` makes it, found none',
  ],
  ['diff folder folder --html folder', 'folder: expected the name of a file, found a folder'],
  ['init farm', "value 'farm' is invalid for argument 'site'. Allowed choices are"],
  ['init shop text', 'text: expected a folder, or a name for a new one, found a file'],
  ['audit example.com --out new', '<url>: expected an http(s) address, found example.com'],
  ['audit http://127.0.0.1/ --out text', 'text: expected a folder, or a name for a new one, found a file'],
  ['audit http://127.0.0.1/ --out new --controls folder', 'folder: expected a readable file, found a folder'],
  ['trian', "unknown command 'trian'\n(Did you mean train?)\ninkling --help lists the commands"],
];

const ROWS = 'list,who,item,chosen,at\nl1,v1,a,1,1\nl1,v1,b,0,1';
/** By name; without a content it is a folder. */
const FILES: Readonly<Record<string, string | undefined>> = {
  ...{ folder: undefined, 'folder.parquet': undefined, 'folder.json': undefined },
  ...{ 'log.csv': ROWS, 'log.xls': ROWS, text: 'text' },
  ...{ 'blank.json': '\n', 'empty.json': '{}', 'seven.json': '7' },
  ...{ 'mapping.json': JSON.stringify(MAPPING), 'spec.json': JSON.stringify(SPEC) },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkling-wrong-'));
  for (const [name, content] of Object.entries(FILES)) {
    if (content === undefined) mkdirSync(join(folder, name));
    else writeFileSync(join(folder, name), content);
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

/** In this process: fifty others would take a minute. */
async function run(typed: string): Promise<{ readonly status: number; readonly said: string }> {
  let said = '';
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said += stripVTControlCharacters(String(text));
      return true;
    }),
  );
  try {
    const args = typed
      .split(' ')
      .map((word) => (word in FILES || /^(none|new)\b/.test(word) ? join(folder, word) : word));
    return { status: await runProgram(args), said: said.replaceAll(`${folder}/`, '') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const listing = () => readdirSync(folder, { recursive: true }).sort();

test.each(CASES)('%s', async (typed, message) => {
  const before = listing();
  const { status, said } = await run(typed);
  expect(said).toMatch(/^error:? /);
  expect(said).toContain(message);
  expect(said.trim().split('\n').length).toBeLessThanOrEqual(3);
  expect(status).toBe(2);
  // Nothing is written, or half written.
  expect(listing()).toEqual(before);
  expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('text');
});
