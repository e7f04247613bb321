import type { CategoryId } from './catalog.ts';

export interface Category {
  readonly id: CategoryId;
  readonly name: string;
  readonly intro: string;
  /** The product whose picture stands for the category. */
  readonly face: string;
}

export const CATEGORIES: readonly Category[] = [
  {
    id: 'rainwear',
    name: 'Rainwear',
    intro: 'Dry on the inside, however the day turns out.',
    face: 'rain-shell',
  },
  { id: 'layers', name: 'Layers', intro: 'Put one on, take one off, keep going.', face: 'wool-sweater' },
  {
    id: 'footwear',
    name: 'Footwear',
    intro: 'For wet grass, warm stone and the walk back.',
    face: 'hiking-boots',
  },
  { id: 'packs', name: 'Packs & bags', intro: 'Room for what you need and a little more.', face: 'daypack' },
  { id: 'camp', name: 'Camp & trail', intro: 'Small comforts that travel well.', face: 'tent' },
  {
    id: 'cycle',
    name: 'Cycling',
    intro: 'For the long way to work and the short way home.',
    face: 'bike-helmet',
  },
  { id: 'kitchen', name: 'Kitchen', intro: 'Slow coffee, long suppers, cold drinks.', face: 'kettle' },
  { id: 'living', name: 'Home', intro: 'Soft light, warm wool, a good night.', face: 'reading-lamp' },
  { id: 'garden', name: 'Garden', intro: 'Shade, seeds and somewhere to sit.', face: 'watering-can' },
];

export const categoryUrl = (id: CategoryId): string => `/category/${id}.html`;

export function categoryOf(id: CategoryId): Category {
  const category = CATEGORIES.find((one) => one.id === id);
  if (category === undefined)
    throw new Error(`The catalog names the category "${id}", which the shop does not have.`);
  return category;
}
