import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { readInput } from '../read-input.ts';

/** The files of a pack, wherever they are. */
export interface PackFiles {
  /** For messages. */
  place(name: string): string;
  /** @param limit in bytes @throws CliError for a file that cannot be read, or is larger */
  read(name: string, limit: number): Promise<Buffer<ArrayBuffer>>;
}

const SECONDS = 20;
const REDIRECTS = 5;

/** @param source a folder, or the http(s) URL of one or of its pack.json */
export function openPackFiles(source: string): PackFiles {
  if (!/^https?:\/\//i.test(source)) return filesOfFolder(source);
  if (!URL.canParse(source)) throw new CliError(source, '', 'a URL', 'something else');
  const url = new URL(source);
  if (!/\.json$|\/$/.test(url.pathname)) url.pathname += '/';
  return filesOfSite(new URL('.', url));
}

function filesOfFolder(folder: string): PackFiles {
  const place = (name: string) => join(folder, name);
  return {
    place,
    async read(name, limit) {
      return within(place(name), await readInput(place(name)), limit);
    },
  };
}

/** As a browser asks for a pack: nothing but the file, without credentials. Another origin may not answer instead. */
function filesOfSite(base: URL): PackFiles {
  const place = (name: string) => new URL(name, base).href;
  return {
    place,
    async read(name, limit) {
      const signal = AbortSignal.timeout(SECONDS * 1000);
      try {
        const response = await follow(new URL(name, base), signal);
        if (!response.ok) throw new CliError(place(name), '', 'a readable file', `status ${response.status}`);
        return await download(response, place(name), limit);
      } catch (cause) {
        if (cause instanceof CliError) throw cause;
        const { message, cause: inner } = cause as Error;
        const found = signal.aborted ? `nothing in ${SECONDS} seconds` : (inner as Error)?.message || message;
        throw new CliError(place(name), '', 'an answer', found);
      }
    },
  };
}

async function follow(start: URL, signal: AbortSignal): Promise<Response> {
  let url = start;
  for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
    const response = await fetch(url, { redirect: 'manual', credentials: 'omit', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null) return response;
    await response.body?.cancel();
    const next = new URL(location, url);
    if (next.origin !== start.origin) {
      throw new CliError(start.href, '', `an answer of ${start.origin}`, `a redirect to ${next.origin}`);
    }
    url = next;
  }
  throw new CliError(start.href, '', `at most ${REDIRECTS} redirects`, 'more');
}

async function download(response: Response, place: string, limit: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    // The rest is never asked for: leaving the loop cancels the body.
    if (length > limit) throw new CliError(place, '', `at most ${limit} bytes`, 'more');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function within(place: string, content: Buffer<ArrayBuffer>, limit: number): Buffer<ArrayBuffer> {
  if (content.length > limit) throw new CliError(place, '', `at most ${limit} bytes`, `${content.length}`);
  return content;
}
