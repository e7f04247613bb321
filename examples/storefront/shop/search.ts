/** What can be searched of a product; written by the build to /playground/items.json. */
interface SearchItem {
  readonly id: string;
  readonly title: string;
  readonly words: string;
}

/** Narrows the list of the search page to the words in `?q=`. Does nothing elsewhere. */
export async function startSearch(): Promise<void> {
  const list = document.querySelector('[data-search-list]');
  const query = new URLSearchParams(location.search).get('q')?.trim() ?? '';
  if (list === null || query === '') return;
  const response = await fetch('/playground/items.json');
  if (!response.ok) return;
  const items = (await response.json()) as readonly SearchItem[];
  const words = query.toLowerCase().split(/\s+/);
  const found = new Set(
    items
      .filter((item) => words.every((word) => `${item.title} ${item.words}`.toLowerCase().includes(word)))
      .map((item) => item.id),
  );
  let shown = 0;
  for (const card of list.querySelectorAll<HTMLElement>('[data-inkling-item]')) {
    card.hidden = !found.has(card.dataset.inklingItem ?? '');
    if (!card.hidden) shown += 1;
  }
  announce(query, shown);
}

function announce(query: string, shown: number): void {
  const title = document.querySelector('[data-search-title]');
  const count = document.querySelector('[data-search-count]');
  if (title !== null) title.textContent = `“${query}”`;
  if (count !== null) {
    count.textContent =
      shown === 0
        ? 'Nothing matches. Try a shorter word, or a department above.'
        : `${shown} of our things match.`;
  }
  const input = document.querySelector<HTMLInputElement>('#search');
  if (input !== null) input.value = query;
}
