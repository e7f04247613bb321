import { type Log, type LoggedEvent, type LoggedList, readTable } from '@inkling/cli';

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

/** Reads a RecSys Challenge 2019 log: an item action is a view, a clickout is a list and its choice. Filters, sorting
 * and searches for places name no item and are passed over. */
export async function readTrivago(file: string): Promise<TrivagoLog> {
  const log: (LoggedList | LoggedEvent)[] = [];
  const warm = new Set<string>();
  const active = new Set<string>();
  const startOf = new Map<string, number>();
  for await (const { cells } of readTable(file)) {
    const text = (column: string) => String(cells[column] ?? '');
    const at = Number(text('timestamp')) * 1000;
    const [visitor, session, type, item] = ['user_id', 'session_id', 'action_type', 'reference'].map(
      text,
    ) as [string, string, string, string];
    startOf.set(session, Math.min(at, startOf.get(session) ?? at));
    if (type === 'clickout item') {
      const id = `${session}/${text('step')}`;
      if (active.has(session)) warm.add(id);
      active.add(session);
      const prices = text('prices').split('|').map(Number);
      const items = text('impressions')
        .split('|')
        .map((id, index) => ({ id, price: prices[index] as number }));
      log.push({
        kind: 'list',
        id,
        visitor,
        at,
        context: {
          device: { form: DEVICES[text('device')] ?? 'unknown' },
          geo: { country: text('platform') },
        },
        items,
        labels: items.map(({ id }) => Number(id === item)),
        propensity: 1,
      });
    } else if (/^\d+$/.test(item) && /item/.test(type)) {
      active.add(session);
      log.push({ kind: 'event', visitor, at, type: 'view', item });
    }
  }
  // Stable: actions of one second keep the order of the file.
  log.sort((a, b) => a.at - b.at);
  return { log, warm, startOf };
}
