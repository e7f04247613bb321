import { type ColdResult, type ColdTask, measureCold } from './measure-cold.ts';
import { measureWarm, type WarmResult, type WarmTask } from './measure-warm.ts';

declare global {
  interface Window {
    /** What the task of this page's address found out. It never rejects, as drivers report that in too many ways. */
    result: Promise<{ readonly value: ColdResult | WarmResult } | { readonly error: string }>;
  }
}

/** Both sides wait as long. */
const SETTLE_MS = 300;

const task: ColdTask | WarmTask = JSON.parse(decodeURIComponent(location.search.slice(1)));
window.result = settled()
  .then(
    (): Promise<ColdResult | WarmResult> => (task.task === 'cold' ? measureCold(task) : measureWarm(task)),
  )
  .then(
    (value) => ({ value }),
    (error) => ({ error: `${error}\n${error?.stack}` }),
  );

/** The browser is still busy with its new process when a page has just loaded. */
async function settled(): Promise<void> {
  if (document.readyState !== 'complete') await new Promise((resolve) => addEventListener('load', resolve));
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
}
