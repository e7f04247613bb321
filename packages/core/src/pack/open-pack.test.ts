import { expect, test } from 'vitest';
import type { InklingError } from '../inkling-error.ts';
import { fromBase64Url } from './base64url.ts';
import { openPack } from './open-pack.ts';
import { kidOf } from './verify-signature.ts';

const { subtle } = globalThis.crypto;
const now = Date.parse('2026-06-01T00:00:00Z');
const pack = {
  format: 1,
  version: 3,
  floor: 2,
  expiresAt: '2027-01-01T00:00:00Z',
  assets: [],
  spec: { groups: [], features: [], phrases: {} },
  slots: [],
  experiment: { holdout: 0.1 },
  modelCard: { summary: 's' },
};
const bytes = encode(pack);
const [ours, next, foreign] = await Promise.all([createSigner(), createSigner(), createSigner()]);

test('a pack signed by one of the keys opens, whichever it is', async () => {
  for (const signer of [ours, next]) {
    const signature = await signer.sign(bytes);
    const keys = [ours.key, next.key];
    expect((await openPack({ bytes, signature, keys, subtle, now })).version).toBe(3);
  }
});

test('without keys nothing is verified, and the rest is checked all the same', async () => {
  const signature = new Uint8Array();
  expect((await openPack({ bytes, signature, subtle: undefined, now })).version).toBe(3);
  expect(await codeOf(openPack({ bytes, signature, subtle, now, floor: 4 }))).toBe('E_PACK_FLOOR');
});

test.each<[string, () => Promise<Partial<Parameters<typeof openPack>[0]>>, RegExp]>([
  [
    'with a byte changed',
    async () => ({ bytes: encode({ ...pack, version: 4 }) }),
    /expected the signature of these bytes by .*, found another/,
  ],
  ['signed by nobody the page knows', async () => ({ signature: await foreign.sign(bytes) }), /expected kid/],
  [
    'signed by one key in the name of another',
    async () => ({ signature: encode({ ...(await parsed(foreign)), kid: ours.kid }) }),
    /found another/,
  ],
  ['with half a signature', async () => ({ signature: await cut() }), /found another/],
  ['with a signature that is none', async () => ({ signature: encode({ kid: ours.kid, sig: 7 }) }), /found/],
  ['with a signature of null', async () => ({ signature: encode(null) }), /found undefined/],
  ['where no key is known', async () => ({ keys: [] }), /expected kid/],
  ['where nothing can be verified', async () => ({ subtle: undefined }), /found no way to verify/],
  ['for a key that is none', async () => ({ keys: [`${ours.kid}AAAA`] }), /found another/],
])('a pack is refused %s', async (_, change, message) => {
  const good = { bytes, signature: await ours.sign(bytes), keys: [ours.key], subtle, now };
  const refused = openPack({ ...good, ...(await change()) });
  await expect(refused).rejects.toThrow(message);
  expect(await codeOf(refused)).toBe('E_PACK_SIGNATURE');
});

test('base64url is read as the platform writes it', () => {
  for (let length = 0; length < 70; length++) {
    const data = Uint8Array.from({ length }, (_, i) => (i * 151 + length * 7) & 255);
    expect(fromBase64Url(toBase64Url(data))).toEqual(data);
  }
});

function encode(value: unknown): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

function toBase64Url(data: Uint8Array): string {
  return btoa(String.fromCharCode(...data))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

async function createSigner() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const key = toBase64Url(new Uint8Array(await subtle.exportKey('raw', publicKey)));
  const kid = kidOf(key);
  return {
    key,
    kid,
    async sign(data: Uint8Array<ArrayBuffer>) {
      const sig = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, data);
      return encode({ kid, sig: toBase64Url(new Uint8Array(sig)) });
    },
  };
}

async function parsed(signer: typeof ours): Promise<{ kid: string; sig: string }> {
  return JSON.parse(new TextDecoder().decode(await signer.sign(bytes)));
}

async function cut(): Promise<Uint8Array<ArrayBuffer>> {
  const { kid, sig } = await parsed(ours);
  return encode({ kid, sig: sig.slice(0, 43) });
}

async function codeOf(opening: Promise<unknown>): Promise<string> {
  return opening.then(
    () => 'opened',
    (error: InklingError) => error.code,
  );
}
