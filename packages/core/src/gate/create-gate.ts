import { own } from '../own.ts';
import type { ConsentSource, Purpose } from '../purpose.ts';
import { SHAPES, type ShapeName } from './shapes.ts';

/** The one way to what a browser keeps, and to the network. Deleting needs no gate. */
export interface Gate {
  /** How often each shape was refused, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** Does the work if its shape is declared, its purpose granted, and every field declared; gives what that gives.
   * Otherwise counts and reports it, with the code `gate_refused`, and gives undefined.
   * @param fields of a request: the names in query and body. @default none */
  pass<T>(name: ShapeName, work: () => T, fields?: readonly string[]): T | undefined;
}

export interface GateOptions {
  readonly consent: ConsentSource;
  readonly report: (code: string, stage: string, cause: unknown) => void;
}

export function createGate({ consent, report }: GateOptions): Gate {
  // Any name can be asked for.
  const counts = { __proto__: null } as unknown as Record<string, number>;
  return {
    counts,
    pass(name, work, fields = []) {
      // Somebody may ask by the name of no shape: what is for no purpose is never granted.
      const [purpose, ...declared] = String(own(SHAPES, name)).split(' ') as [Purpose, ...string[]];
      if (
        consent.get().purposes[purpose] === 'granted' &&
        fields.every((field) => declared.includes(field))
      ) {
        return work();
      }
      counts[name] = (counts[name] ?? 0) + 1;
      report('gate_refused', 'gate', `${name} (${fields}) for ${purpose}`);
      return undefined;
    },
  };
}
