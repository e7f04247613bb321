/** List items for a slot. */
export function cards(count: number, prefix: string): string {
  const card = (id: string) => `<li data-inkling-item="${id}" style="width:9rem">${id}</li>`;
  return Array.from({ length: count }, (_, index) => card(`${prefix}${index}`)).join('');
}
