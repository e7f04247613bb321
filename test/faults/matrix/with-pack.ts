import type { Pack } from '@inkling/core';
import type { Fault } from './fault.ts';

export type PackChange = (pack: Pack) => unknown;

/** A page whose pack is another: an object, or text as it is. */
export function withPack(change: PackChange): NonNullable<Fault['answer']> {
  return (path, file) => {
    if (path !== '/inkling/pack.json') return undefined;
    const changed = change(JSON.parse(String(file)));
    return { body: typeof changed === 'string' ? changed : JSON.stringify(changed) };
  };
}
