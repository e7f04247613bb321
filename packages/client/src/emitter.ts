import type { Diagnostic, Slate } from '@inkling/core';

export interface InklingEvents {
  /** A slot was decided. */
  decision: Slate;
  /** A slate was half in view for a second. */
  exposure: Slate;
  diagnostic: Diagnostic;
}

export interface Emitter {
  /** Calls `fn` on every event of the type; returns the disposer. */
  on<Type extends keyof InklingEvents>(type: Type, fn: (event: InklingEvents[Type]) => void): () => void;
  emit<Type extends keyof InklingEvents>(type: Type, event: InklingEvents[Type]): void;
}

/** Listeners by type. One that throws starves nobody; its error goes to the browser's own report. */
export function createEmitter(): Emitter {
  const listeners = new Map<string, Set<(event: never) => void>>();
  return {
    on(type, fn) {
      const all = listeners.get(type) ?? new Set();
      listeners.set(type, all.add(fn));
      return () => all.delete(fn);
    },
    emit(type, event) {
      for (const fn of [...(listeners.get(type) ?? [])]) {
        try {
          fn(event as never);
        } catch (error) {
          // The listener belongs to the host: its fault must be seen there, but not here.
          setTimeout(() => {
            throw error;
          });
        }
      }
    },
  };
}
