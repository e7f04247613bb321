import type { Arm, ContextPatch, EdgeMoment, EdgeSlate } from '@inkling/core';

/** What the edge wrote into a page: the context, the arm and the slates. */
export function slotsOf(html: string): {
  readonly context: ContextPatch;
  readonly arm: Arm | undefined;
  readonly slates: readonly EdgeSlate[];
} {
  const json = /<script type="application\/json" data-inkling-context[^>]*>(.*?)<\/script>/.exec(html)?.[1];
  const slates = [...html.matchAll(/ data-inkling-slate='([^']*)'/g)];
  const { arm, ...context }: EdgeMoment = JSON.parse(json ?? '{}');
  return {
    context,
    arm,
    slates: slates.map(([, slate = '']) =>
      JSON.parse(slate.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))),
    ),
  };
}

/** The ids in a slot of the page, as they stand there. */
export function shownIn(html: string, slot: string): readonly string[] {
  const from = html.search(new RegExp(`data-inkling-slot="?${slot}\\b`));
  const rest = html.slice(from);
  const text = rest.slice(0, rest.search(/<\/(?:ul|section)>/)).replace(/<template.*?<\/template>/gs, '');
  return [...text.matchAll(/data-inkling-item=["']([^"']*)/g)].map(([, id = '']) => id);
}
