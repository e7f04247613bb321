import type { ConsentProof } from './consent-proof.ts';

/** Posts a proof as JSON; nothing else of the visitor goes with it. Rejects where it did not arrive. */
export async function sendProof(address: string, proof: ConsentProof): Promise<void> {
  const { ok, status } = await fetch(address, {
    method: 'POST',
    body: JSON.stringify(proof),
    headers: { 'content-type': 'application/json' },
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    // The visitor may follow a link right after the answer.
    keepalive: true,
  });
  if (!ok) throw new Error(`${address}: status ${status}`);
}
