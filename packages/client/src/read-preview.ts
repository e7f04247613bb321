import { type Context, type ContextPatch, isSignalPath } from '@inkling/core';

const MAX_LENGTH = 1024;
const MAX_SIGNALS = 32;
const SIGNAL = /^([\w-]+\.[\w-]+):([\w.-]{1,64})$/;

/** What a preview link lays over a moment. */
export interface Preview {
  /** The whole moment, so that what the visitor switched off stays unknown. Undefined where the link names no signal. */
  readonly context: ContextPatch | undefined;
  /** What is no signal with a value, as it stands in the link. */
  readonly ignored: readonly string[];
}

/** Reads `weather.condition:rain,time.hour:9` of a link: signals by name, each with a word, a number, `true` or `false`; at most
 * 32 of them and 1,024 characters. */
export function readPreview(text: string, context: Context): Preview {
  const parts = text.slice(0, MAX_LENGTH).split(',').slice(0, MAX_SIGNALS);
  const areas: Record<string, Readonly<Record<string, unknown>>> = { ...context };
  const ignored = parts.filter((part) => {
    const [, path = '', value = ''] = SIGNAL.exec(part) ?? [];
    if (!isSignalPath(path)) return true;
    const [area = '', name = ''] = path.split('.');
    areas[area] = { ...areas[area], [name]: typed(value) };
    return false;
  });
  return { context: ignored.length < parts.length ? areas : undefined, ignored };
}

function typed(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : text;
}
