import { parseJson } from '@inkling/core';
import type { AddressLimit } from './address-limit.ts';
import { readLimited } from './read-limited.ts';

/** The part of a zod schema that is used. */
interface Schema<T> {
  safeParse(value: unknown): { readonly success: true; readonly data: T } | { readonly success: false };
}

export interface PostRule<T> {
  readonly schema: Schema<T>;
  readonly maxBytes: number;
  readonly isWithinLimit: AddressLimit;
  /** Undefined where the platform does not say: then there is no limit by address. */
  readonly address: string | undefined;
  /** Epoch ms. */
  readonly now: number;
}

/** What a page of this site posted, or the status of the refusal: 403 from elsewhere, 415 not JSON, 413 too long, 429 too
 * often, 400 not of the declared shape. The cheap questions come first, and the body last. */
export async function readPost<T>(request: Request, rule: PostRule<T>): Promise<T | number> {
  const { headers, body, url } = request;
  if (!isFromSamePlace(headers, url)) return 403;
  if (!/^application\/json(;|$)/i.test(headers.get('content-type') ?? '')) return 415;
  if (Number(headers.get('content-length')) > rule.maxBytes) return 413;
  if (rule.address !== undefined && !(await rule.isWithinLimit(rule.address, rule.now))) return 429;
  const bytes = await readLimited(body, rule.maxBytes);
  if (!bytes) return 413;
  const parsed = rule.schema.safeParse(readJson(bytes));
  return parsed.success ? parsed.data : 400;
}

/** A browser says where a POST comes from, and no script of a page can say otherwise
 * (https://fetch.spec.whatwg.org/#origin-header, https://w3c.github.io/webappsec-fetch-metadata/). */
function isFromSamePlace(headers: Headers, url: string): boolean {
  const origin = headers.get('origin') ?? '';
  // By host: what ends the encryption in front of a Worker may leave http in its address.
  const isSameHost = URL.canParse(origin) && new URL(origin).host === new URL(url).host;
  return isSameHost && (headers.get('sec-fetch-site') ?? 'same-origin') === 'same-origin';
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes, 'body');
  } catch {
    return undefined;
  }
}
