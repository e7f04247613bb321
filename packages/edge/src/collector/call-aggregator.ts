import type { AggregatorCalls } from './aggregator-calls.ts';

/** What is used of a Durable Object namespace. */
export interface AggregatorNamespace {
  idFromName(name: string): unknown;
  // As a method: the platform's own type of an id is its to know.
  get(id: never): { fetch(url: string, init: RequestInit): Promise<Response> };
}

/** Asks one object. @throws where it does not answer; whatever it was asked has then been done, or not. */
export async function callAggregator<Name extends keyof AggregatorCalls>(
  namespace: AggregatorNamespace,
  object: string,
  name: Name,
  argument: Parameters<AggregatorCalls[Name]>[0],
): Promise<Awaited<ReturnType<AggregatorCalls[Name]>>> {
  const response = await namespace
    .get(namespace.idFromName(object) as never)
    .fetch(`https://aggregator/${name}`, { method: 'POST', body: JSON.stringify(argument) });
  if (!response.ok) throw new Error(`${object} answered ${response.status} to ${name}`);
  // The object answers by the same types.
  return (await response.json()) as Awaited<ReturnType<AggregatorCalls[Name]>>;
}
