import type { LogEntry, LoggedEvent, LoggedList } from '../log/log.ts';
import type { OpenedLog } from '../log/open-log.ts';

/** What is walked visitor by visitor: a log, or one with its history. */
export type VisitorLog = Pick<OpenedLog, 'items' | 'entries'>;

export interface LogWithHistory extends VisitorLog {
  /** How many lists of the log the training log holds, too, among those read so far. */
  sharedLists(): number;
}

/** The lists to be measured after what their visitors did in the training log: a device remembers that, too. Of the lists
 * of the training log only the clicks are left, as nothing else of them reaches a profile. Both logs are walked visitor by
 * visitor at once; memory holds one entry of each, and the names of one visitor's lists. */
export function withHistory(log: VisitorLog, training: VisitorLog): LogWithHistory {
  let shared = 0;
  return {
    items: new Map([...training.items, ...log.items]),
    async *entries() {
      shared = 0;
      const history = training.entries('visitor');
      try {
        let past = await history.next();
        let visitor: string | undefined;
        const names = new Set<string>();
        for await (const own of log.entries('visitor')) {
          if (own.visitor !== visitor) {
            visitor = own.visitor;
            names.clear();
          }
          for (; !past.done && isNotAfter(past.value, own); past = await history.next()) {
            if (past.value.visitor !== visitor) continue;
            if (past.value.kind === 'list') names.add(nameOf(past.value));
            if (!isNobody(own)) yield* clicksOf(past.value);
          }
          if (own.kind === 'list' && names.has(nameOf(own))) shared++;
          yield own;
        }
      } finally {
        await history.return(undefined);
      }
    },
    sharedLists: () => shared,
  };
}

/** A list without a visitor is named for its row: of another file that says nothing. */
function isNobody(entry: LogEntry): boolean {
  return entry.kind === 'list' && entry.row !== undefined && entry.visitor === `#${entry.row + 1}`;
}

/** Visitors by the bytes of their names, as DuckDB sorts them. */
function isNotAfter(a: LogEntry, b: LogEntry): boolean {
  if (a.visitor === b.visitor) return a.at <= b.at;
  return Buffer.compare(Buffer.from(a.visitor), Buffer.from(b.visitor)) < 0;
}

function clicksOf(entry: LogEntry): readonly LoggedEvent[] {
  if (entry.kind === 'event') return [entry];
  const { visitor, at, items, labels } = entry;
  return items
    .filter((_, index) => labels[index])
    .map(({ id }) => ({ kind: 'event', visitor, at, type: 'click', item: id }));
}

/** Ids alone may be counted from 0 in every file. */
function nameOf({ id, at }: LoggedList): string {
  return JSON.stringify([id, at]);
}
