/** Counts what is put in the cart while the page is open. Nothing is stored or sent. */
export function startCart(): void {
  let count = 0;
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('.button-buy') : null;
    if (button === null) return;
    count += 1;
    const title = document.querySelector('h1')?.textContent ?? 'It';
    write('[data-cart-count]', String(count));
    write('[data-cart-text]', count === 1 ? `${title}, once.` : `${title}, ${count} times.`);
    write(
      '[data-cart-status]',
      `${title} is in the cart. This is a demonstration shop, so it goes no further.`,
    );
  });
}

function write(selector: string, text: string): void {
  for (const element of document.querySelectorAll(selector)) element.textContent = text;
}
