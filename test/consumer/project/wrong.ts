// What the types must refuse: a line that compiles makes its comment an error.
import { createInkling, type InklingOptions, mountSlots } from '@inkling/client';
import type { ConsentSource, InklingEvent, Item, Purpose } from '@inkling/core';
import { Tensor } from '@inkling/onnx';

declare const consent: ConsentSource;
const inkling = createInkling({ pack: '/inkling/pack.json', consent });

// @ts-expect-error consent is not left out by accident
createInkling({ pack: '/inkling/pack.json' });
// @ts-expect-error an option that there is not
export const options: InklingOptions = { pack: '/inkling/pack.json', consent, packs: [] };
// @ts-expect-error a purpose that there is not
export const purpose: Purpose = 'advertising';
// @ts-expect-error an event that there is not
inkling.track({ type: 'hover', item: 'rain-shell' });
// @ts-expect-error of whose slate?
inkling.explain('grid', 'rain-shell');
// @ts-expect-error items are objects
inkling.rank('grid', { items: ['rain-shell'] });
// @ts-expect-error an event of the emitter that there is not
inkling.on('slate', () => {});
// @ts-expect-error of a diagnostic
inkling.on('diagnostic', ({ codes }) => codes);
// @ts-expect-error weather that there is not
inkling.context.override({ weather: { condition: 'frogs' } });
// @ts-expect-error nothing is written by hand
inkling.profile.get().visit = undefined;

/** What a site declares of its own. */
type Signals = { readonly mood: 'calm' | 'busy'; readonly stock: number };
interface Product extends Item {
  readonly colour: string;
}
const shop = createInkling<Signals, Product>({
  pack: '/inkling/pack.json',
  consent,
  sensors: () => ({ custom: { mood: 'calm' } }),
});
shop.context.override({ custom: { mood: 'busy', stock: 3 }, weather: { condition: 'rain' } });
shop.rank('grid', { items: [{ id: 'rain-shell', colour: 'red' }] });
export const mood: 'calm' | 'busy' | undefined = shop.context.get().custom.mood;
export const colour: string | undefined = shop.item('rain-shell')?.colour;
mountSlots(shop);
// @ts-expect-error a value that the site's signal has not
shop.context.override({ custom: { mood: 'angry' } });
// @ts-expect-error a signal that the site has not
shop.context.override({ custom: { weather: 'rain' } });
// @ts-expect-error an item of the site has a colour
shop.rank('grid', { items: [{ id: 'rain-shell' }] });
// @ts-expect-error a field that the site's items have not
shop.item('rain-shell')?.size;
createInkling<Signals>({
  pack: '/inkling/pack.json',
  consent,
  // @ts-expect-error a sensor that gives what the site has not declared
  sensors: () => ({ custom: { mood: 'angry' } }),
});

// @ts-expect-error data is of the tensor's type
new Tensor('float32', ['a'], [1]);
export const event: InklingEvent = {
  type: 'click',
  // @ts-expect-error a time is a number
  at: new Date(),
};
