import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildStorefront } from '../../examples/storefront/build.ts';
import { readCatalog } from '../../examples/storefront/site/catalog.ts';

const TAGS =
  'rain sun heat cold snow wind morning evening hiking camping cycling running water garden kitchen coffee bath bedroom lighting reading kids travel gift'.split(
    ' ',
  );
const CATEGORIES = 'rainwear layers footwear packs camp cycle kitchen living garden'.split(' ');
const SEASONS = 'spring summer autumn winter all'.split(' ');
const HEROES = ['hero-everyday', 'hero-rain', 'hero-heat', 'hero-snow', 'hero-evening'];
/** Served beside the shop, built from its catalog by the pack's own build. */
const FROM_ELSEWHERE = ['/inkling.js', '/inkling/pack.json'];

const { products, heroes } = readCatalog();
const items = [...products, ...heroes];

let folder = '';
let files: readonly string[] = [];
const pages = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'storefront-'));
  await buildStorefront({ outDir: folder });
  files = await filesIn(folder);
  for (const file of files.filter((name) => name.endsWith('.html'))) pages.set(file, await read(file));
});

afterAll(() => rm(folder, { recursive: true }));

describe('the catalog', () => {
  test('has at least 60 products and the five heroes, the authored default first', () => {
    expect(products.length).toBeGreaterThanOrEqual(60);
    expect(heroes.map(({ id }) => id)).toEqual(HEROES);
  });

  test('gives every item an id, title and address of its own', () => {
    for (const field of ['id', 'title'] as const) {
      expect(new Set(items.map((item) => item[field])).size).toBe(items.length);
    }
    for (const { id } of items) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    for (const { id, url } of products) expect(url).toBe(`/items/${id}.html`);
  });

  test('tags every item with two to five different words of the vocabulary', () => {
    for (const { id, tags } of items) {
      expect(
        tags.filter((tag) => !TAGS.includes(tag)),
        id,
      ).toEqual([]);
      expect(new Set(tags).size, id).toBe(tags.length);
      expect(tags.length, id).toBeGreaterThanOrEqual(2);
      expect(tags.length, id).toBeLessThanOrEqual(5);
    }
  });

  test.each(TAGS)('has at least five products for %s', (tag) => {
    expect(products.filter(({ tags }) => tags.includes(tag)).length).toBeGreaterThanOrEqual(5);
  });

  test('fills every field as the pages and the model expect it', () => {
    for (const { id, publishedAt, attributes, available } of items) {
      expect(publishedAt, id).toMatch(/^202[56]-\d\d-\d\d$/);
      expect(Number.isNaN(Date.parse(publishedAt)), id).toBe(false);
      expect(CATEGORIES, id).toContain(attributes.category);
      expect(SEASONS, id).toContain(attributes.season);
      expect(attributes.blurb.length, id).toBeLessThanOrEqual(90);
      expect(attributes.picture, id).toBe(`/pictures/${id}.svg`);
      expect(typeof available, id).toBe('boolean');
    }
    for (const { id, price } of products) expect(Number.isInteger(price) && price > 0, id).toBe(true);
    expect(products.filter(({ available }) => !available).length).toBeGreaterThanOrEqual(2);
    expect(heroes.every(({ available }) => available)).toBe(true);
  });
});

describe('the built shop', () => {
  test('has a picture for every item, each one different and without text in it', async () => {
    const pictures = await Promise.all(items.map(({ attributes }) => read(attributes.picture)));
    expect(new Set(pictures).size).toBe(items.length);
    for (const picture of pictures) {
      expect(picture).toMatch(/^<svg [^>]*viewBox="0 0 (400 320|1600 640)"/);
      expect(picture).not.toMatch(/<text|<script|<style|NaN|undefined/);
    }
  });

  test('keeps to a strict content security policy: no inline style, script or handler', () => {
    for (const [name, page] of pages) {
      expect(page, name).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
      const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>/g)].map((match) => match[1]);
      expect(
        inline.filter((attributes) => attributes !== ' type="application/ld+json"'),
        name,
      ).toEqual([]);
    }
  });

  test('links only to what it has', () => {
    for (const [name, page] of pages) {
      const addresses = [...page.matchAll(/\s(?:href|src|action|data-pack)="(\/[^"]*)"/g)].map(
        (match) => match[1] ?? '',
      );
      expect(addresses.length, name).toBeGreaterThan(3);
      for (const address of addresses) {
        const path = address.replace(/[?#].*$/, '').replace(/\/$/, '/index.html');
        expect(files.includes(path.slice(1)) || FROM_ELSEWHERE.includes(path), `${address} in ${name}`).toBe(
          true,
        );
      }
      for (const [, anchor] of page.matchAll(/\shref="#([^"]+)"/g))
        expect(page, name).toContain(` id="${anchor}"`);
    }
  });

  test('links from its styles only to what it has', async () => {
    const style = await read('shop.css');
    const addresses = [...style.matchAll(/url\("?([^")]+)"?\)/g)].map((match) => match[1] ?? '');
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect(files).toContain(address.slice(1));
  });

  test('opens with the three slots in their order, with what they need authored', () => {
    const home = pages.get('index.html') ?? '';
    const slots = [...home.matchAll(/data-inkling-slot="([^"]+)" data-inkling-kind="([^"]+)"/g)].map(
      (match) => match.slice(1),
    );
    expect(slots).toEqual([
      ['hero', 'variant'],
      ['for-today', 'list'],
      ['grid', 'order'],
    ]);
    expect(idsIn(section(home, 'data-inkling-slot="hero"', '</section>'))).toEqual(['hero-everyday']);
    expect([...home.matchAll(/data-inkling-variant="([^"]+)"/g)].map((match) => match[1])).toEqual(
      HEROES.slice(1),
    );
    expect(idsIn(section(home, 'data-inkling-slot="for-today"', '</ul>'))).toHaveLength(4);
    expect(idsIn(section(home, 'data-inkling-slot="grid"', '</ul>'))).toEqual(products.map(({ id }) => id));
  });

  test('says of what is not available that it comes back, and sells only the rest', () => {
    const home = pages.get('index.html') ?? '';
    const away = products.filter(({ available }) => !available);
    expect(section(home, 'data-inkling-slot="grid"', '</ul>').split('Back soon')).toHaveLength(
      away.length + 1,
    );
    for (const { id, available } of products) {
      const page = pages.get(`items/${id}.html`) ?? '';
      expect(page, id).toContain(`<body data-inkling-page="product" data-inkling-page-item="${id}">`);
      expect(page.includes(`data-inkling-event="add_to_cart" data-inkling-item="${id}"`), id).toBe(available);
    }
  });

  test('leaves no drafts behind and writes the same bytes again', async () => {
    const before = await Promise.all(files.map(read));
    await buildStorefront({ outDir: folder });
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await filesIn(folder)).toEqual(files);
    expect(await Promise.all(files.map(read))).toEqual(before);
  });
});

const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');

async function filesIn(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function section(page: string, from: string, to: string): string {
  const start = page.indexOf(from);
  return page.slice(start, page.indexOf(to, start));
}

const idsIn = (markup: string): readonly (string | undefined)[] =>
  [...markup.matchAll(/data-inkling-item="([^"]+)"/g)].map((match) => match[1]);
