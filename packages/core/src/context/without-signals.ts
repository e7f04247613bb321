import type { ContextPatch } from './context.ts';

/** The layer of a context that makes these signals unknown, e.g. those that a visitor switched off.
 * @param paths such as `weather.condition`; undefined where there is none */
export function withoutSignals(paths: readonly string[] = []): ContextPatch | undefined {
  const patch: Record<string, Record<string, 'unknown'>> = {};
  for (const path of paths) {
    const [area = '', field = ''] = path.split('.');
    patch[area] = { ...patch[area], [field]: 'unknown' };
  }
  return paths.length > 0 ? patch : undefined;
}
