import type { Arm, ContextPatch, EdgeMoment } from '@inkling/core';
import { sendsGpc } from '../global-privacy-control.ts';
import { rewriteSlots, type SlotDecider } from '../slots/rewrite-slots.ts';
import { bodyOf } from './body-of.ts';
import { type ChunkReader, readChunks } from './chunk-reader.ts';
import { insertIntoHead } from './insert-into-head.ts';

/** What describes the page as the origin sent it, or lets a cache other than the visitor's keep it. */
const DROPPED = [
  'accept-ranges',
  'cdn-cache-control',
  'cloudflare-cdn-cache-control',
  'content-digest',
  'content-length',
  'digest',
  'etag',
  'last-modified',
  'repr-digest',
  'surrogate-control',
];

/** Whether this is a whole HTML page that may be changed: not partial, not encoded, not marked `no-transform`. */
export function isWritable(request: Request, response: Response): boolean {
  const { headers } = response;
  const type = headers.get('content-type') ?? '';
  const encoding = headers.get('content-encoding') ?? 'identity';
  return (
    response.status === 200 &&
    (request.method === 'HEAD' || (request.method === 'GET' && response.body !== null)) &&
    /^text\/html\s*(;|$)/i.test(type) &&
    !/charset\s*=\s*["']?utf-(16|32)/i.test(type) &&
    encoding.toLowerCase() === 'identity' &&
    !/\bno-transform\b/i.test(headers.get('cache-control') ?? '')
  );
}

export interface PageAdditions {
  readonly context: ContextPatch;
  /** Of the slots that are decided. */
  readonly arm: Arm;
  /** @default no slot is touched */
  readonly decider: SlotDecider | undefined;
}

/** The page with the context in its head and its slots decided, for this visitor alone: it may not be kept by any cache. */
export async function writePage(
  request: Request,
  response: Response,
  additions: PageAdditions,
): Promise<Response> {
  const isEmpty = request.method === 'HEAD' || !response.body;
  const body = isEmpty ? null : await bodyOf(write(request, response.body, additions));
  const page = new Response(body, response);
  for (const name of DROPPED) page.headers.delete(name);
  page.headers.set('cache-control', 'private, no-store');
  return page;
}

function write(
  request: Request,
  html: ReadableStream<Uint8Array<ArrayBuffer>>,
  { context, arm, decider }: PageAdditions,
): ChunkReader {
  const { read, cancel } = readChunks(html);
  const page = decider ? rewriteSlots(read, decider) : read;
  const moment = decider ? { ...context, arm } : context;
  return { read: insertIntoHead(page, contextElement(moment, sendsGpc(request))), cancel };
}

/** A data block: browsers do not execute it, so no content security policy has to allow it. */
function contextElement(moment: EdgeMoment, gpc: boolean): string {
  const json = JSON.stringify(moment).replaceAll('<', '\\u003c');
  return `<script type="application/json" data-inkling-context${gpc ? ' data-inkling-gpc' : ''}>${json}</script>`;
}
