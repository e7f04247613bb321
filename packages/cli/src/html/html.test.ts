import { expect, test } from 'vitest';
import { html, trusted } from './html.ts';

test('text is text, wherever it comes from', () => {
  const item = '<img src=x onerror="alert(\'1\')">&';
  expect(html`<p title="${item}">${item}</p>`.markup).toBe(
    '<p title="&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;">&#60;img src=x onerror=&#34;alert(&#39;1&#39;)&#34;&#62;&#38;</p>',
  );
});

test('markup nests, nothing is nothing', () => {
  const rows = ['a', 'b'].map((name) => html`<li>${name}</li>`);
  expect(html`<ul>${rows}${undefined}${trusted('<hr>')}</ul>`.markup).toBe(
    '<ul><li>a</li><li>b</li><hr></ul>',
  );
});
