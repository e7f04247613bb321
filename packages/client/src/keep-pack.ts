import type { InklingError, Pack } from '@inkling/core';
import type { DeviceStore } from './device-store.ts';
import { type FetchPort, fetchBytes } from './fetch-bytes.ts';
import type { Site } from './site.ts';

/** Larger ones are not kept: only their floor is. */
const MAX_BYTES = 2_097_152;

export interface PackKeeper extends FetchPort {
  readonly url: URL;
  /** Where there are keys, there is a signature to keep. */
  readonly keys: readonly string[] | undefined;
  readonly store: DeviceStore;
  readonly report: (code: string, stage: string, cause: unknown) => void;
  /** Of the grant under which something may be kept. */
  readonly signal: AbortSignal;
}

/** Holds the pack of the page against the highest floor that was ever accepted on this device, and keeps it, once it is
 * good, with that floor. In the place of one that does not come, or is refused, the last good one is opened, by the same
 * checks; not in the place of one that turns the site off. */
export async function keepPack(site: Site, keeper: PackKeeper): Promise<void> {
  const { store, report } = keeper;
  // Whoever else writes into the database finds that nothing breaks by it.
  const kept: Partial<Pick<Pack, 'version' | 'floor'>> = Object(await store.get('pack'));
  const floor = Number(kept.floor) || 0;
  const pack = site.loaded?.pack;
  if (pack && pack.version >= floor) {
    if (pack.version !== kept.version) void keep(pack, floor, site, keeper).catch(() => {});
    return;
  }
  if (pack) {
    site.loaded = undefined;
    report('E_PACK_FLOOR', 'pack', `pack.version: expected ${floor} or more, found ${pack.version}`);
  } else if (((await site.loading) as InklingError | undefined)?.code === 'E_PACK_OFF') return;
  const files = await store.get('pack-files');
  if (!(files instanceof Map)) return;
  await site.open({
    fetch: async (url) =>
      new Response(files.get(String(url)), { status: files.has(String(url)) ? 200 : 404 }),
  });
  if (site.loaded) report('pack_kept', 'pack', 'The last good pack stands in.');
}

/** The browser has the files from a moment ago; of a host that lets it keep none they are fetched once more. */
async function keep(pack: Pack, floor: number, { loaded }: Site, keeper: PackKeeper): Promise<void> {
  const { store, signal, gate, url, keys } = keeper;
  const used = pack.assets.filter(({ role }) => role !== 'neighbours' || loaded?.neighboursOf);
  const urls = [
    url,
    ...(keys ? [new URL(`${url}.sig`)] : []),
    ...used.filter(({ inline }) => inline === undefined).map(({ path }) => new URL(path, url)),
  ];
  const bytes = used.reduce((sum, asset) => sum + asset.bytes, 0);
  const read = async (file: URL): Promise<[string, Uint8Array]> => [
    file.href,
    await fetchBytes(file, keeper),
  ];
  const files = new Map(bytes > MAX_BYTES ? [await read(url)] : await Promise.all(urls.map(read)));
  // A newer one may have been published since, or this is the canary: the next page sees.
  const { version }: Pack = JSON.parse(new TextDecoder().decode(files.get(url.href)));
  if (version !== pack.version || signal.aborted) return;
  await gate.pass('kept-pack', async () => {
    await store.set('pack', { version, floor: Math.max(floor, pack.floor) }, signal);
    if (bytes <= MAX_BYTES) await store.set('pack-files', files, signal);
  });
}
