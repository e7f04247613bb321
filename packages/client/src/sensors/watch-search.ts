export { readSearch } from './read-search.ts';
export { searchTags } from './search-tags.ts';

/** Tells what the visitor searches for with a form that the page marks with `data-inkling-search`, on being submitted:
 * the value of the field that the attribute names, else of its first `<input type="search">`. @returns the disposer */
export function watchSearch(root: Document, onSearch: (text: string) => void): () => void {
  const onSubmit = ({ target }: Event) => {
    if (!(target instanceof HTMLFormElement) || target.dataset.inklingSearch === undefined) return;
    const field =
      target.elements.namedItem(target.dataset.inklingSearch) ?? target.querySelector('input[type="search"]');
    // By name there may be a list of fields, which has a value only where they are a choice.
    const { value } = Object(field) as Partial<HTMLInputElement>;
    if (value) onSearch(value);
  };
  root.addEventListener('submit', onSubmit, true);
  return () => root.removeEventListener('submit', onSubmit, true);
}
