/** The objects in a page's JSON-LD: each script's own, those of a list, and those of an `@graph`. */
export function nodesIn(root: Document): readonly Readonly<Record<string, unknown>>[] {
  return [...root.querySelectorAll('script[type="application/ld+json"]')].flatMap(({ textContent }) => {
    try {
      const parsed: unknown[] = [JSON.parse(textContent ?? '')].flat();
      return parsed.flatMap((node) => [node, ...[Object(node)['@graph'] ?? []].flat()]).map(Object);
    } catch {
      // Somebody's broken markup is no reason to stop.
      return [];
    }
  });
}
