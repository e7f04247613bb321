import { startCart } from './cart.ts';
import { startSearch } from './search.ts';

startCart();
void startSearch();
