import { path, type Svg } from './shapes.ts';

/** The sign of the shop for the browser's tab. */
export function drawFavicon(): Svg {
  const sign =
    path('M2 35 17 8q3-5 6 0l15 27Z', '#2e6b62') +
    path('M12 35v-6a8 8 0 0 1 16 0v6Z', '#f4f8f5') +
    path('M20 35q-5-1-4-6 .6-2.5 2.4-4 0 2 1.2 2.8Q19.4 24.5 21 22q1 3 2.6 5.4Q25 34 20 35Z', '#c9531f');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40">${sign}</svg>\n`;
}
