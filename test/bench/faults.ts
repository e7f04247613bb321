import { startChromium } from '../engines/chromium.ts';
import type { Engine } from '../engines/engine.ts';
import { startFirefox } from '../engines/firefox.ts';
import { startWebKit } from '../engines/webkit.ts';
import { FAULTS } from '../faults/matrix/faults.ts';
import { type Outcome, runFaults } from '../faults/matrix/run-faults.ts';
import { xssPages } from '../faults/xss/xss-pages.ts';
import type { Bench, BenchRow } from './bench.ts';

const ENGINES: Readonly<Record<string, () => Promise<Engine | undefined>>> = {
  chromium: startChromium,
  firefox: startFirefox,
  webkit: startWebKit,
};

/** What each fault does to the page in three engines: how many of what must not happen did, and what. Build the shop
 * first (`npm start` does). @param args names of engines, and of faults by a part of their name; all without */
export const bench: Bench = async (args) => {
  const chosen = args.filter((arg) => arg in ENGINES);
  const words = args.filter((arg) => !(arg in ENGINES));
  const faults = [...FAULTS, ...xssPages()].filter(({ name }) => words.every((word) => name.includes(word)));
  const rows: BenchRow[] = [];
  for (const [name, start] of Object.entries(ENGINES)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    const engine = await start();
    if (!engine) {
      console.error(`${name} is not installed here.`);
      continue;
    }
    try {
      const outcomes = await runFaults(engine, faults);
      rows.push(...outcomes.map((outcome) => rowOf(engine.name, outcome)));
      const harmed = outcomes.filter(({ harm }) => harm.length > 0);
      rows.push({
        case: 'all faults',
        metric: engine.name,
        value: harmed.length,
        unit: `of ${outcomes.length}`,
      });
    } finally {
      await engine.close();
    }
  }
  return rows;
};

function rowOf(metric: string, { fault, harm, codes }: Outcome): BenchRow {
  const said = codes.filter((code) => code !== 'late' && code !== 'unsigned');
  return {
    case: `${fault.kind}: ${fault.name}`,
    metric,
    value: harm.length,
    unit: harm.length > 0 ? harm.join(' | ') : [...new Set(said)].join(' ') || 'stands',
  };
}
