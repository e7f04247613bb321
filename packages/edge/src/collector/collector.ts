import { InklingError } from '@inkling/core';
import { impressionSchema, reportSchema } from '@inkling/core/pack-schema';
import type { Impression } from '@inkling/core/totals';
import type { EdgePlatform } from '../edge-platform.ts';
import type { Report } from '../report.ts';
import { createAddressLimit } from './address-limit.ts';
import type { AggregatorNamespace } from './call-aggregator.ts';
import { nameOf, parseDay } from './day.ts';
import { isSameSecret } from './is-same-secret.ts';
import { readPost } from './read-post.ts';
import { createTotalsStore } from './totals-store.ts';

export interface CollectorOptions {
  /** The binding of the Durable Object class `InklingAggregator`. */
  readonly aggregator: AggregatorNamespace;
  /** What `GET /inkling/report` must bear; 16 characters or more, from a secret of the Worker. */
  readonly secret: string;
  /** Slots that are counted; a report that names another is refused. @default all */
  readonly slots?: readonly string[] | undefined;
  /** Batches that a cell must have to be released, 50 or more. @default 50 */
  readonly k?: number | undefined;
  /** What one batch's part in all that is released of a day costs it in differential privacy: 0.001 to 10, in thousandths.
   * @default 1 */
  readonly epsilon?: number | undefined;
  /** Objects that share the counting, 1 to 1,000; one takes some hundred reports per second. Another number makes
   * batches that come again within 48 hours count twice. @default 8 */
  readonly shards?: number | undefined;
  /** Requests of one address in a minute that one instance of the Worker lets through. @default 60 */
  readonly maxPerMinute?: number | undefined;
  /** Takes the single decisions that visitors give for research; they are counted nowhere else. @default none are taken */
  readonly impressions?: ((impression: Impression) => Promise<void> | void) | undefined;
}

/** Answers what is for the collector; undefined for what is not. Never rejects. */
export type Collector = (
  request: Request,
  platform: EdgePlatform,
  report: Report,
) => Promise<Response | undefined>;

const REPORT_PATH = '/inkling/report';
const IMPRESSION_PATH = '/inkling/impression';
const REPORT_BYTES = 8192;
const IMPRESSION_BYTES = 131_072;
/** Of the answer 503. Seconds. */
const RETRY_AFTER = 60;

/**
 * Takes the totals that browsers send once a day under `/inkling/report`, counts each once, and gives the site what may be
 * told of a day that is over. 202 means counted, now or before, and on disk. Stores ids of batches for two days and counts;
 * nothing of who sent them.
 *
 * @throws {InklingError} `E_OPTIONS` for a secret that is too short or a number out of its range.
 */
export function collector(options: CollectorOptions): Collector {
  const { aggregator, secret, slots, impressions } = options;
  const { k = 50, epsilon = 1, shards = 8, maxPerMinute = 60 } = options;
  const demand = (isMet: boolean, expected: string, found: unknown) => {
    if (!isMet) throw new InklingError('E_OPTIONS', `collector: expected ${expected}, found ${found}`);
  };
  demand(String(secret ?? '').length >= 16, 'a secret of 16 characters or more', 'a shorter one');
  demand(Number.isInteger(k) && k >= 50, 'k of 50 or more', k);
  const epsilonThousandths = Math.round(epsilon * 1000);
  demand(epsilonThousandths >= 1 && epsilonThousandths <= 10_000, 'epsilon from 0.001 to 10', epsilon);
  demand(Number.isInteger(shards) && shards >= 1 && shards <= 1000, '1 to 1,000 shards', shards);
  const totals = createTotalsStore(aggregator, { k, epsilonThousandths }, shards);
  const isWithinLimit = createAddressLimit(maxPerMinute);

  async function takeReport(request: Request, { now, address }: EdgePlatform): Promise<Response> {
    const rule = { schema: reportSchema, maxBytes: REPORT_BYTES, isWithinLimit, address, now: now() };
    const report = await readPost(request, rule);
    if (typeof report === 'number') return answer(report);
    if (slots && !report.cells.every(([, slot]) => slots.includes(slot))) return answer(400);
    if ((await totals.count(report, rule.now)) === 'full') throw new Error('no room for another cell today');
    return answer(202);
  }

  async function takeImpression(request: Request, { now, address }: EdgePlatform): Promise<Response> {
    const rule = { schema: impressionSchema, maxBytes: IMPRESSION_BYTES, isWithinLimit, address, now: now() };
    const impression = await readPost(request, rule);
    if (typeof impression === 'number') return answer(impression);
    await impressions?.(impression);
    return answer(202);
  }

  async function giveDay(request: Request, { now, waitUntil }: EdgePlatform): Promise<Response> {
    const [, given = ''] = /^Bearer (.+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    if (!(await isSameSecret(given, secret))) return answer(401, { 'www-authenticate': 'Bearer' });
    const day = parseDay(new URL(request.url).searchParams.get('day') ?? '');
    if (day === undefined) return answer(400);
    const cells = await totals.release(day, now());
    if (!cells) return answer(404);
    // Where this fails, the day goes with the others that nobody asks for.
    waitUntil(totals.forget(day).catch(() => undefined));
    return Response.json({ day: nameOf(day), k, cells }, { headers: HEADERS });
  }

  return async (request, platform, report) => {
    const { pathname } = new URL(request.url);
    const isReport = pathname === REPORT_PATH;
    if (!isReport && !(impressions && pathname === IMPRESSION_PATH)) return undefined;
    try {
      if (request.method === 'POST') {
        return await (isReport ? takeReport : takeImpression)(request, platform);
      }
      if (isReport && request.method === 'GET') return await giveDay(request, platform);
      return answer(405, { allow: isReport ? 'GET, POST' : 'POST' });
    } catch (cause) {
      // Nothing was acknowledged, and whoever asks again is counted once.
      report('edge_collector', 'What was sent or asked for has to come again.', platform, cause);
      return answer(503);
    }
  };
}

const HEADERS = { 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff' };

function answer(status: number, headers: Readonly<Record<string, string>> = {}): Response {
  const retry = status === 503 || status === 429 ? { 'retry-after': String(RETRY_AFTER) } : {};
  return new Response(null, { status, headers: { ...HEADERS, ...retry, ...headers } });
}
