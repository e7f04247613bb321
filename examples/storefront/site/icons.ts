import { type Html, raw } from './html.ts';

const icon = (paths: string): Html =>
  raw(
    `<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`,
  );

export const searchIcon: Html = icon('<circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/>');
export const cartIcon: Html = icon(
  '<path d="M4 9h16l-1.6 10.4H5.6ZM8 9l3-5M16 9l-3-5M9.5 12.5v4M14.5 12.5v4"/>',
);
export const mendIcon: Html = icon(
  '<path d="M6 4h12M6 20h12M8 4v16M16 4v16M8 9.5l8-2M8 13.5l8-2M8 17.5l8-2"/>',
);
export const returnIcon: Html = icon('<path d="M9 5 4.5 9.5 9 14M5 9.5h9.5a5 5 0 0 1 0 10H8"/>');
export const parcelIcon: Html = icon('<path d="m4 8 8-4 8 4v8.5l-8 4-8-4ZM4 8l8 4 8-4M12 12v8.5M8 6l8 4"/>');
export const deviceIcon: Html = icon(
  '<rect x="7" y="3" width="10" height="18" rx="2.5"/><path d="M10 12.5l1.5 1.5 3-3.5"/>',
);

/** The sign of the shop: a hill with a fire under it. */
export const brandMark: Html = raw(
  '<svg class="brand-mark" viewBox="0 0 40 40" width="40" height="40" aria-hidden="true"><path class="mark-hill" d="M2 35 17 8q3-5 6 0l15 27Z"/><path class="mark-door" d="M12 35v-6a8 8 0 0 1 16 0v6Z"/><path class="mark-fire" d="M20 35q-5-1-4-6 .6-2.5 2.4-4 0 2 1.2 2.8Q19.4 24.5 21 22q1 3 2.6 5.4Q25 34 20 35Z"/></svg>',
);
