import type { FeedSpec } from '../../../onnx/exporters/exported-model.ts';

export async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function fetchFeeds(model: string): Promise<readonly FeedSpec[]> {
  return JSON.parse(new TextDecoder().decode(await fetchBytes(`/models/${model}.json`)));
}
