// By kind. What only some pages have: their code comes together, when one of them is there.
export { createEdgeView as edge } from './edge-view.ts';
export { createListView as list } from './list-view.ts';
export { createShelvesView as shelves } from './shelves-view.ts';
export { createVariantView as variant } from './variant-view.ts';
