import { createContext, isSignalPath, readSignal } from '@inkling/core';
import { CliError } from '../cli-error.ts';
import type { LoggedList } from '../log/log.ts';

/** Which group of a column a list belongs to. */
export type GroupReader = (list: LoggedList) => string;

/** @param column a signal such as `device.form`, `item:group` or `attribute:brand` @throws CliError for anything else */
export function groupReader(column: string): GroupReader {
  if (isSignalPath(column)) return ({ context }) => readSignal(createContext(context), column);
  const [source, name = ''] = column.split(/:(.*)/s) as [string, string?];
  if (column !== 'item:group' && (source !== 'attribute' || name === '')) {
    throw new CliError('--group', '', 'a signal, "item:group" or "attribute:…"', JSON.stringify(column));
  }
  return ({ items, labels }) => {
    const chosen = items[labels.findIndex(Boolean)];
    const attributes = chosen?.attributes ?? {};
    const attribute = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    return String((source === 'item' ? chosen?.group : attribute) ?? 'unknown');
  };
}
