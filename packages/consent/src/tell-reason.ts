import type { Context, Decision } from '@inkling/core';

/** What a group of features reads of the visitor. */
export interface ReasonSources {
  readonly areas: readonly (keyof Context)[];
  /** Whether it reads what the visitor did. */
  readonly isTaste: boolean;
}

const TASTE = /^(affinity|taste|recent|last):/;

/** The areas of the moment, and the past, that a reason's group of features comes from; none for what decides by
 * itself, such as a pin. */
export function sourcesOf({ request }: Decision, group: string): ReasonSources {
  const paths = request.encoder.spec.features
    .filter((feature) => feature.group === group)
    .flatMap((feature): readonly string[] => {
      if (feature.kind === 'match') return [feature.signal];
      return 'sources' in feature ? feature.sources : [feature.source];
    });
  const areas = (Object.keys(request.context) as (keyof Context)[]).filter((area) =>
    paths.some((path) => path.startsWith(`${area}.`)),
  );
  return { areas, isTaste: paths.some((path) => TASTE.test(path)) };
}
