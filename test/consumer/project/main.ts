import { createInkling } from '@inkling/client';
import { createConsent } from '@inkling/consent';
import type { ConsentSource, Purpose } from '@inkling/core';
import { InferenceSession, Tensor } from '@inkling/onnx';

/** What a site of its own does first: ranks a few items, asks why, runs a model by itself. */
async function visit(): Promise<object> {
  const machine = createConsent({ now: Date.now });
  const granted = {
    necessary: 'granted',
    context: 'granted',
    profile: 'granted',
    measurement: 'refused',
    research: 'refused',
  } as const satisfies Record<Purpose, string>;
  const consent: ConsentSource = {
    get: () => ({ ...machine.get(), purposes: granted }),
    subscribe: machine.subscribe,
  };
  const codes: string[] = [];
  const inkling = createInkling({ pack: '/inkling/pack.json', consent });
  inkling.on('diagnostic', ({ code }) => codes.push(code));
  await inkling.ready;
  const items = ['rain-shell', 'parasol', 'kettle', 'tent'].map((id) => ({ id }));
  const slate = await inkling.rank('grid', { items, k: items.length });
  const { reasons } = await inkling.explain(slate, slate.items[0]?.id ?? '');
  const asset = inkling.pack()?.assets.find(({ role }) => role === 'model');
  const model = Uint8Array.from(atob(asset?.inline ?? ''), (char) => char.charCodeAt(0));
  const session = await InferenceSession.create(model);
  const width = Number(session.inputMetadata[0]?.shape[1]);
  const { score } = session.runSync({
    features: new Tensor('float32', new Float32Array(2 * width), [2, width]),
  });
  inkling.destroy();
  return {
    source: slate.source,
    items: slate.items.length,
    reasons: reasons.length > 0,
    scores: score?.data.length,
    codes,
  };
}

Object.assign(window, { result: visit().catch((error) => String(error?.stack ?? error)) });
