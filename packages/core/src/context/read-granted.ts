import type { Diagnostic } from '../diagnostic.ts';
import type { Context, ContextPatch, SignalPath } from './context.ts';
import { readSignal } from './create-context.ts';
import { purposeOf } from './grant-context.ts';

/** Reads signals of what `grantContext` or `gateContext` left. One of an area that is not there is `unknown`, and the
 * first time `onDiagnostic` hears `signal_not_granted`: where the grant is known only at runtime, the compiler cannot
 * refuse it.
 * @param now epoch ms */
export function createSignalReader<Part extends ContextPatch>(
  context: Part,
  now: number,
  onDiagnostic: (diagnostic: Diagnostic) => void,
): (path: SignalPath<Part>) => string {
  const told = new Set<string>();
  return (path) => {
    const [area] = path.split('.') as [keyof Context];
    if (!context[area] && !told.has(path)) {
      told.add(path);
      const message = `${path} needs the purpose ${purposeOf(area)}, which is not granted.`;
      onDiagnostic({ code: 'signal_not_granted', stage: 'context', message, at: now });
    }
    return readSignal(context, path);
  };
}
