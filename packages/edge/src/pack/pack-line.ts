import { refuse } from '@inkling/core';
import type { EdgePlatform } from '../edge-platform.ts';
import { type EdgePack, openEdgePack } from './open-edge-pack.ts';

/** Asks for a file of the pack by its name in the pack's folder. */
type AskFile = (name: string, etag: string | undefined) => Promise<Response>;

/** A pack.json that is asked for again and again, and the last good pack that came of it. */
export interface PackLine {
  readonly good: EdgePack | undefined;
  /** Rejects where what is there cannot be used; the last good one stays. */
  ask(askFile: AskFile, floor: number, platform: EdgePlatform): Promise<void>;
}

/** @param folder Of its pack.json and signature, `''` or ending with a slash; all other files stand beside each other
 * whatever the version, because their names carry their hashes. */
export function createPackLine(folder: string, keys: readonly string[] | undefined): PackLine {
  let good: EdgePack | undefined;
  let etag: string | undefined;
  let known: Uint8Array | undefined;

  return {
    get good() {
      return good;
    },
    async ask(askFile, floor, platform) {
      const read = async (name: string) => {
        const { body } = await fetchFile(askFile, name.startsWith('pack.json') ? folder + name : name);
        return body;
      };
      const { body, response } = await fetchFile(askFile, `${folder}pack.json`, etag);
      if (response.status !== 304 && !isSame(body, known)) {
        good = await openEdgePack(body, read, { keys, floor, now: platform.now() });
        known = body;
      }
      if (response.status !== 304) etag = response.headers.get('etag') ?? undefined;
    },
  };
}

async function fetchFile(askFile: AskFile, name: string, etag?: string) {
  const response = await askFile(name, etag);
  if (response.ok || (etag && response.status === 304))
    return { response, body: new Uint8Array(await response.arrayBuffer()) };
  await response.body?.cancel();
  return refuse('E_PACK_FETCH', name, 'a file', `status ${response.status}`);
}

function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  return a.length === b?.length && a.every((byte, index) => byte === b[index]);
}
