import { type Day, dayOf } from './day.ts';

const MINUTE_MS = 60_000;
/** More than these in one minute are a flood, and share one count. */
const MOST_ADDRESSES = 100_000;

/** Whether one more request of an address is within its share of the present minute. */
export type AddressLimit = (address: string, now: number) => Promise<boolean>;

/** Counts in memory, by a hash whose salt is drawn anew each day and told to nobody: nothing of an address is stored, and
 * what a memory dump shows today cannot be matched with tomorrow's. */
export function createAddressLimit(maxPerMinute: number): AddressLimit {
  const counts = new Map<string, number>();
  let minute = Number.NaN;
  let day: Day = Number.NaN;
  let salt = '';
  return async (address, now) => {
    if (day !== dayOf(now)) {
      day = dayOf(now);
      salt = crypto.getRandomValues(new Uint32Array(4)).join('-');
    }
    const hash = await hashOf(salt + networkOf(address));
    const at = Math.floor(now / MINUTE_MS);
    if (at !== minute) counts.clear();
    minute = at;
    const key = counts.has(hash) || counts.size < MOST_ADDRESSES ? hash : '';
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= maxPerMinute;
  };
}

/** One customer has 64 bits of IPv6 addresses to choose from (RFC 6177): they are one. */
function networkOf(address: string): string {
  return address.includes(':') ? `${address.split('::', 1)[0]}:::`.split(':', 4).join(':') : address;
}

async function hashOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return String.fromCharCode(...new Uint8Array(bytes, 0, 16));
}
