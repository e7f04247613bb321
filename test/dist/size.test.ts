import { expect, test } from 'vitest';
import { bundleScriptTag } from '../../scripts/build-script-tag.ts';
import { brotliSize } from '../bench/size.ts';

/** Brotli bytes of each file of the script tag as it is shipped: present values, rounded up a little because a single
 * constant can move the compressor by a hundred bytes. The eager one stays within the first TCP window: 14,336 B. */
const CEILINGS: Readonly<Record<string, number>> = {
  'inkling.js': 14_336,
  // 340 more for weights of two bits and for taking popularity off the walk: both raise the hit rate of the same file;
  // and for the numbers of the feature `last:neighbours`.
  'candidates.js': 3_020,
  'experiments.js': 600,
  'explain.js': 5_040,
  'learn.js': 2_420,
  'arrange.js': 380,
  // What the visitor sees, slots that come later, and pages that a script shows; 290 more for `<inkling-slot>`, for what
  // becomes a slot after it was hydrated, and for preview links.
  'follow.js': 1_080,
  'preview.js': 510,
  'sensors.js': 2_160,
  'search.js': 1_000,
  // 560 more, for what had been in the eager file: how a page enters the profile, and what withdrawal takes away;
  // 130 for what is no new page; 840 for the last good pack, its floor and the canary; 430 for tabs that lose nothing of
  // each other; 350 for what begins to count, where the pack asks for totals or single decisions; and 430 for when searches
  // are looked for.
  'profile.js': 6_470,
  // Loaded with `measurement` granted, where the pack asks for totals.
  'totals.js': 1_460,
  // Loaded with `research` granted, where the pack asks for single decisions.
  'impressions.js': 1_200,
  'profile-file.js': 2_080,
  // 50 more for places among what was not touched.
  'full.js': 8_690,
  // Where a page's policy refuses WebAssembly.
  'kernels.js': 270,
  // Where a model may cost more than a moment.
  'steps.js': 480,
  // Lists, shelves, variants and what the edge decided together: three names fewer in the eager file.
  'views.js': 2_020,
  // 340 more for asking it in steps, 190 for what waits until the page is idle.
  'engine.js': 21_590,
  // What stands between a model and onnxruntime-web.
  'ort.js': 1_780,
  'signature.js': 720,
  // 480 more, for handing each act on to the records, for the gate, and for telling other tabs; 100 for the pack's own
  // table of regions.
  'consent.js': 5_700,
  'records.js': 2_200,
  'consent-ar.js': 600,
  'consent-de.js': 640,
  'consent-fr.js': 640,
  'privacy.js': 6_640,
  'privacy-ar.js': 1_100,
  'privacy-de.js': 1_200,
  'privacy-fr.js': 1_130,
  'ask.js': 5_700,
  // What is said of the moment, with English; loaded when the privacy centre opens. 420 more for a switch for each signal.
  'moment.js': 2_135,
  'moment-ar.js': 1_100,
  'moment-de.js': 1_100,
  'moment-fr.js': 1_100,
};

/** What has no place in the eager part: other people's code, code of chunks, and what a strict policy refuses. */
const MUST_NOT_APPEAR = [
  ...['onnxruntime', 'ort-wasm', 'zod', 'safeParse'],
  ...['HTMLElement', 'customElements', 'attachShadow', 'We are trying something new'],
  ...['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'document.write', 'eval(', 'new Function'],
  ...['document.cookie', 'XMLHttpRequest'],
];

test('the script tag stays within its bytes, and the eager part without what only some pages need', async () => {
  const { files } = await bundleScriptTag();
  const sizes = Object.fromEntries(
    [...files].map(([name, code]) => [name.replace(/-[0-9a-f]{8}(?=\.js$)/, ''), brotliSize(code)]),
  );
  expect(Object.keys(sizes).sort()).toEqual(Object.keys(CEILINGS).sort());
  for (const [name, size] of Object.entries(sizes))
    expect(size, name).toBeLessThanOrEqual(CEILINGS[name] ?? 0);
  const eager = new TextDecoder().decode(files.get('inkling.js'));
  for (const absent of MUST_NOT_APPEAR) expect(eager.includes(absent), absent).toBe(false);
});
