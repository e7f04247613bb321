import type { ContextPatch, EdgeSlate } from '@inkling/core';

/** What the edge wrote into a page: the context and the slates. */
export function slotsOf(html: string): {
  readonly context: ContextPatch;
  readonly slates: readonly EdgeSlate[];
} {
  const context = /<script type="application\/json" data-inkling-context[^>]*>(.*?)<\/script>/.exec(
    html,
  )?.[1];
  const slates = [...html.matchAll(/ data-inkling-slate='([^']*)'/g)];
  return {
    context: JSON.parse(context ?? '{}'),
    slates: slates.map(([, json = '']) =>
      JSON.parse(json.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code))),
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
