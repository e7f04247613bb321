import type { Item } from '../item.ts';
import type { EncodeList } from './feature-table.ts';

const DAY = 86_400_000;

/** Days since the item's `publishedAt`, an ISO 8601 date or UTC time, not below 0; NaN for anything else. Not by
 * Date.parse, because engines differ over what it takes beyond the standard's own form. */
export function ageInDays({ publishedAt }: Item, { now }: EncodeList): number {
  const text = String(publishedAt);
  const parts = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?Z)?$/.exec(text);
  if (!parts) return NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const millisecond = Number((parts[7] ?? '').padEnd(3, '0'));
  const published = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  return Math.max(0, now - published) / DAY;
}
