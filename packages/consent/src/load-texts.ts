/** Loads the texts of a language that has a module of its own; undefined where there is none, such as for English, which
 * is here already.
 * @param language BCP 47 tag of the page
 * @param modules by primary subtag */
export function loadTexts<Texts>(
  language: string,
  modules: Readonly<Record<string, () => Promise<{ readonly TEXTS: Texts }>>>,
): Promise<Texts> | undefined {
  const [primary = ''] = language.toLowerCase().split('-');
  return Object.hasOwn(modules, primary) ? modules[primary]?.().then(({ TEXTS }) => TEXTS) : undefined;
}
