import { type ColdResult, type ColdTask, measureCold } from './measure-cold.ts';
import { measureWarm, type WarmResult, type WarmTask } from './measure-warm.ts';

declare global {
  interface Window {
    /** What the task of this page's address found out. It never rejects, as drivers report that in too many ways. */
    result: Promise<{ readonly value: ColdResult | WarmResult } | { readonly error: string }>;
  }
}

const task: ColdTask | WarmTask = JSON.parse(decodeURIComponent(location.search.slice(1)));
window.result = (task.task === 'cold' ? measureCold(task) : measureWarm(task)).then(
  (value) => ({ value }),
  (error) => ({ error: `${error}\n${error?.stack}` }),
);
