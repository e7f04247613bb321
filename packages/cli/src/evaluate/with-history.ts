import type { Log, LoggedList } from '../log/log.ts';

/** The lists to be measured after what their visitors did in the training log, in time order: a device remembers that,
 * too. Of the lists of the training log only the choices are left, as nothing else of them reaches a profile. */
export function withHistory(log: Log, training: Log): Log {
  const choices = training.flatMap((entry): Log => {
    if (entry.kind === 'event') return [entry];
    const items = entry.items.filter((_, index) => entry.labels[index]);
    return items.length > 0 ? [{ ...entry, items, labels: items.map(() => 1) }] : [];
  });
  return [...choices, ...log].sort((a, b) => a.at - b.at);
}

/** How many lists of the one log are in the other, too. */
export function sharedLists(log: Log, training: Log): number {
  const known = new Set(listsOf(training).map(nameOf));
  return listsOf(log).filter((list) => known.has(nameOf(list))).length;
}

function listsOf(log: Log): readonly LoggedList[] {
  return log.filter((entry) => entry.kind === 'list');
}

/** Ids alone may be counted from 0 in every file. */
function nameOf({ id, visitor, at }: LoggedList): string {
  return JSON.stringify([id, visitor, at]);
}
