import type { Diagnostic } from '@inkling/core';

/**
 * Writes a diagnostic to the console as one line of JSON, for `onDiagnostic: jsonLog`. Of what lies behind it the line has
 * the code or the kind of error alone: an error's own words may quote an address, and an address a visitor.
 */
export function jsonLog({ code, stage, message, at, cause }: Diagnostic): void {
  const line = { level: 'warn', source: 'inkling', at: new Date(at).toISOString(), code, stage, message };
  // biome-ignore lint/suspicious/noConsole: where a Worker's logs are read.
  console.warn(JSON.stringify({ ...line, cause: kindOf(cause) }));
}

function kindOf(cause: unknown): string | undefined {
  const { code, name }: { readonly code?: unknown; readonly name?: unknown } = Object(cause);
  return [code, name].find((word) => typeof word === 'string' && /^\w{1,40}$/.test(word)) as
    | string
    | undefined;
}
