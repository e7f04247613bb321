import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { drawContours } from './pictures/contours.ts';
import { drawFavicon } from './pictures/favicon.ts';
import { drawPictures } from './pictures/pictures.ts';
import { type Catalog, readCatalog } from './site/catalog.ts';
import { CATEGORIES, categoryUrl } from './site/categories.ts';
import { homePage } from './site/home-page.ts';
import { categoryPage, notFoundPage, searchPage } from './site/list-pages.ts';
import { playgroundPage } from './site/playground-page.ts';
import { privacyPage } from './site/privacy-page.ts';
import { productPage } from './site/product-page.ts';

export interface BuildOptions {
  /** Folder the site is written to; files of other names in it are left alone. */
  readonly outDir: string;
}

/** Writes the whole shop as static files. A file is replaced in one step, so a running server never reads half of one. */
export async function buildStorefront(options: BuildOptions): Promise<void> {
  const catalog = readCatalog();
  const files = new Map<string, string | Uint8Array>([
    ...pages(catalog),
    ...pictures(),
    ['playground/items.json', itemsJson(catalog)],
    ...(await bundles()),
  ]);
  for (const [name, content] of files) await replaceFile(join(options.outDir, name), content);
}

function pages(catalog: Catalog): readonly (readonly [string, string])[] {
  return [
    ['index.html', homePage(catalog).markup],
    ['privacy.html', privacyPage().markup],
    ['search.html', searchPage(catalog).markup],
    ['404.html', notFoundPage().markup],
    ['playground/index.html', playgroundPage().markup],
    ...CATEGORIES.map(
      (category) => [categoryUrl(category.id).slice(1), categoryPage(category, catalog).markup] as const,
    ),
    ...catalog.products.map(
      (product) => [product.url.slice(1), productPage(product, catalog).markup] as const,
    ),
  ];
}

function pictures(): readonly (readonly [string, string])[] {
  return [
    ...[...drawPictures()].map(([id, picture]) => [`pictures/${id}.svg`, picture] as const),
    ['pictures/contours.svg', drawContours()],
    ['favicon.svg', drawFavicon()],
  ];
}

/** Titles for the playground, words for the search. */
function itemsJson(catalog: Catalog): string {
  const items = [...catalog.products, ...catalog.heroes].map((item) => ({
    id: item.id,
    title: item.title,
    words: [item.attributes.category, item.attributes.blurb, ...item.tags].join(' '),
  }));
  return JSON.stringify(items);
}

async function bundles(): Promise<readonly (readonly [string, Uint8Array])[]> {
  const from = import.meta.dirname;
  const result = await build({
    entryPoints: {
      shop: join(from, 'shop/shop.ts'),
      'playground/playground': join(from, 'playground/playground.ts'),
      'shop-style': join(from, 'styles/shop.css'),
      'playground/playground-style': join(from, 'styles/playground.css'),
    },
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    external: ['/pictures/*'],
    outdir: '/',
    logLevel: 'silent',
  });
  return result.outputFiles.map(
    (file) => [file.path.slice(1).replace('-style.css', '.css'), file.contents] as const,
  );
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    throw new Error(`The storefront's file ${path} could not be written.`, { cause });
  }
}

if (import.meta.main) await buildStorefront({ outDir: process.argv[2] ?? join(import.meta.dirname, 'dist') });
