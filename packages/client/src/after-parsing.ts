/** However long after parsing a site would wait, no longer than this. */
const LAST_MS = 300;

/** Calls `run` once the document is parsed; at once where it is. */
export function whenParsed(run: () => void): void {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', run, { once: true });
  else run();
}

/** Calls `run` when the deadline has passed. @param deadlineMs ms after parsing, at most 300 */
export function afterParsing(deadlineMs = 150, run: () => void): void {
  whenParsed(() => setTimeout(run, Math.min(deadlineMs, LAST_MS)));
}
