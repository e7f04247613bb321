/** A page whose script tags know that it is a test that drives the browser: Firefox and WebKit say so to every page. */
export function underTest(page: string): string {
  return page.replaceAll(' data-pack=', ' data-test data-pack=');
}
