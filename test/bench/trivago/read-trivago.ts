import { type Log, type LoggedEvent, type LoggedList, readTable } from '@inkling/cli';
import { describeList } from './describe-list.ts';
import { addAct, addList, createVisit, passTime, type SearchVisit } from './search-visit.ts';

export interface TrivagoLog {
  readonly log: Log;
  /** Lists before which the same session had already acted on an item. */
  readonly warm: ReadonlySet<string>;
  /** Epoch ms at which each session starts. */
  readonly startOf: ReadonlyMap<string, number>;
}

const DEVICES: Readonly<Record<string, 'phone' | 'tablet' | 'desktop'>> = {
  mobile: 'phone',
  tablet: 'tablet',
  desktop: 'desktop',
};

/** Reads a RecSys Challenge 2019 log: an item action is a view, a clickout is a list and its choice. What a page could
 * tell of a list and its items from the earlier rows of the session goes with it as signals and attributes. */
export async function readTrivago(file: string): Promise<TrivagoLog> {
  const log: (LoggedList | LoggedEvent)[] = [];
  const warm = new Set<string>();
  const visits = new Map<string, SearchVisit>();
  const startOf = new Map<string, number>();
  for await (const { cells } of readTable(file)) {
    const text = (column: string) => String(cells[column] ?? '');
    const at = Number(text('timestamp')) * 1000;
    const [visitor, session, type, item] = ['user_id', 'session_id', 'action_type', 'reference'].map(
      text,
    ) as [string, string, string, string];
    startOf.set(session, Math.min(at, startOf.get(session) ?? at));
    const visit = visits.get(session) ?? createVisit(at);
    visits.set(session, visit);
    passTime(visit, at);
    if (type === 'clickout item') {
      const id = `${session}/${text('step')}`;
      if (visit.touched.size > 0) warm.add(id);
      const prices = text('prices').split('|').map(Number);
      const listed = text('impressions')
        .split('|')
        .map((id, index) => ({ id, price: prices[index] as number }));
      const { items, custom } = describeList(visit, listed, at);
      log.push({
        kind: 'list',
        id,
        visitor,
        at,
        context: {
          device: { form: DEVICES[text('device')] ?? 'unknown' },
          geo: { country: text('platform') },
          custom,
        },
        items,
        labels: items.map(({ id }) => Number(id === item)),
        propensity: 1,
      });
      addList(visit, listed, item);
    } else if (/^\d+$/.test(item) && /item/.test(type)) {
      log.push({ kind: 'event', visitor, at, type: 'view', item });
    }
    addAct(visit, { type, reference: item, at });
  }
  // Stable: actions of one second keep the order of the file.
  log.sort((a, b) => a.at - b.at);
  return { log, warm, startOf };
}
