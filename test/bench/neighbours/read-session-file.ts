import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** Item ids, oldest first, and when the session ended: a time, or its number in the file where there is none. */
export interface RawSession {
  readonly id: number;
  readonly items: readonly string[];
  readonly at: number;
}

/** Sessions, oldest first: of a `.tsv` with SessionId, ItemId and Time, else one a line with the ids of its items. */
export function readSessionFile(file: string): readonly RawSession[] {
  const content = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8');
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  return /\.tsv(\.gz)?$/.test(file) ? readEvents(lines.slice(1)) : readLines(lines);
}

function readLines(lines: readonly string[]): readonly RawSession[] {
  return lines.map((line, at) => ({ id: at, items: line.split(' '), at }));
}

function readEvents(lines: readonly string[]): readonly RawSession[] {
  const sessions = new Map<string, { readonly item: string; readonly at: number }[]>();
  for (const line of lines) {
    const [session = '', item = '', time] = line.split('\t');
    const events = sessions.get(session) ?? [];
    sessions.set(session, events);
    events.push({ item, at: Number(time) });
  }
  return [...sessions]
    .map(([id, events]) => {
      events.sort((a, b) => a.at - b.at);
      return { id: Number(id), items: events.map(({ item }) => item), at: events.at(-1)?.at ?? 0 };
    })
    .sort((a, b) => a.at - b.at);
}
