import type { Diagnostic, Slate } from '@inkling/core';

export interface InklingEvents {
  /** A slot was decided. */
  decision: Slate;
  /** A slate was half in view for a second. */
  exposure: Slate;
  diagnostic: Diagnostic;
}

export interface Emitter {
  /** Calls `fn` on every event of the type, and first on the diagnostics there have been: whoever comes late, such as
   * a person with a console, learns why too. Returns the disposer. */
  on<Type extends keyof InklingEvents>(type: Type, fn: (event: InklingEvents[Type]) => void): () => void;
  emit<Type extends keyof InklingEvents>(type: Type, event: InklingEvents[Type]): void;
}

const MAX_PAST = 50;

/** Listeners by type. One that throws starves nobody; its error goes to the browser's own report. */
export function createEmitter(): Emitter {
  const listeners = new Map<string, Set<(event: never) => void>>();
  const past: Diagnostic[] = [];
  const call = (fn: (event: never) => void, event: unknown) => {
    try {
      fn(event as never);
    } catch (error) {
      // The listener belongs to the host: its fault must be seen there, but not here.
      setTimeout(() => {
        throw error;
      });
    }
  };
  return {
    on(type, fn) {
      const all = listeners.get(type) ?? new Set();
      listeners.set(type, all.add(fn));
      if (type === 'diagnostic') for (const diagnostic of [...past]) call(fn, diagnostic);
      return () => all.delete(fn);
    },
    emit(type, event) {
      if (type === 'diagnostic' && past.push(event as Diagnostic) > MAX_PAST) past.shift();
      for (const fn of [...(listeners.get(type) ?? [])]) call(fn, event);
    },
  };
}
