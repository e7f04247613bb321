import { build, type Plugin } from 'esbuild';
import type { Page } from 'playwright-core';
import { compile } from 'svelte/compiler';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderToString } from 'vue/server-renderer';
import { itemsOf, openShop, type Shop } from './shop.ts';
import { createVueApp } from './vue-list.ts';

const ITEMS = ['parasol', 'kettle', 'rain-cape', 'tent', 'wellingtons'];
const RAIN = '<script type="application/json" data-inkling-context>{"weather":{"condition":"rain"}}</script>';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.close());

/** An island whose slot is marked once it is attached: then Svelte has hydrated it. */
const SVELTE_LIST = `
  <script>
    const { items } = $props();
    let count = $state(0);
    const mark = (list) => { list.dataset.inklingSlot = 'grid'; };
  </script>
  <div>
    <button id="count" onclick={() => count++}>count {count}</button>
    <ul {@attach mark}>
      {#each items as id (id)}<li data-inkling-item={id}><input aria-label={id} />{id}</li>{/each}
    </ul>
  </div>`;

type Side = 'client' | 'server';

const svelte = (generate: Side): Plugin => ({
  name: 'svelte',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.svelte$/ }, ({ path }) => ({ path, namespace: 'svelte' }));
    onLoad({ filter: /.*/, namespace: 'svelte' }, ({ path: filename }) => ({
      contents: compile(SVELTE_LIST, { generate, dev: true, filename }).js.code,
      resolveDir: import.meta.dirname,
    }));
  },
});

async function bundle(contents: string, generate: Side): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: generate === 'server' ? 'node' : 'browser',
    conditions: ['development'],
    // What does not match is said only in development.
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
    plugins: [svelte(generate)],
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

interface Island {
  readonly html: string;
  readonly script: string;
}

const islands: Readonly<Record<string, () => Promise<Island>>> = {
  Vue: async () => ({
    html: await renderToString(createVueApp(ITEMS)),
    script: await bundle(
      `import { createVueApp } from './vue-list.ts';
      createVueApp(JSON.parse(document.body.dataset.items ?? '[]')).mount('#island');`,
      'client',
    ),
  }),
  async Svelte() {
    const server = await bundle(
      `import { render } from 'svelte/server'; import List from './list.svelte';
      export const { body } = render(List, { props: { items: ${JSON.stringify(ITEMS)} } });`,
      'server',
    );
    const { body } = await import(`data:text/javascript;base64,${Buffer.from(server).toString('base64')}`);
    const client = `import { hydrate } from 'svelte'; import List from './list.svelte';
      const items = JSON.parse(document.body.dataset.items ?? '[]');
      hydrate(List, { target: document.getElementById('island') as HTMLElement, props: { items } });`;
    return { html: body, script: await bundle(client, 'client') };
  },
};

async function open({ html, script }: Island, lateMs: number): Promise<{ page: Page; complaints: string[] }> {
  const { page } = await shop.visit();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const body = `<!doctype html><title>Island</title><script src="/inkling.js" data-pack="/inkling/pack.json" async></script>${RAIN}
    <body data-items='${JSON.stringify(ITEMS)}'><div style="height:3000px"></div><div id="island">${html}</div>
    <script type="module" src="/island.js"></script>`;
  await page.route('**/own-page', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.route('**/island.js', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, lateMs));
    await route.fulfill({ contentType: 'text/javascript', body: script });
  });
  await page.goto(`${shop.url}/own-page`);
  return { page, complaints };
}

test.each(Object.keys(islands).flatMap((name) => [0, 600].map((late) => [name, late] as const)))(
  '%s, its code %i ms late, the script in the head: the slot is ordered, nothing mismatches, nodes keep their state',
  async (name, late) => {
    const island = await (islands[name] as () => Promise<Island>)();
    const { page, complaints } = await open(island, late);
    await expect.poll(async () => (await itemsOf(page, 'grid'))[0]).toMatch(/rain-cape|wellingtons/);
    const ordered = await itemsOf(page, 'grid');
    expect([...ordered].sort()).toEqual([...ITEMS].sort());
    await page.locator('[aria-label="tent"]').fill('typed');
    await page.locator('#count').click();
    expect(await page.locator('#count').textContent()).toBe('count 1');
    expect(await page.locator('[aria-label="tent"]').inputValue()).toBe('typed');
    expect(await itemsOf(page, 'grid')).toEqual(ordered);
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);
