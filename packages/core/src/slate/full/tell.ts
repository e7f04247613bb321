import type { SlateRequest } from '../slate-request.ts';

/** Notes that a slate came out otherwise than declared. */
export function tell({ slot, diagnostics, now }: SlateRequest, code: string, what: string): void {
  diagnostics?.push({ code, stage: 'slate', message: `slot ${slot.id}: ${what}`, at: now });
}
