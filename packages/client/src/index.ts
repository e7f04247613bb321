export { createUnlessBot as createInkling } from './create-unless-bot.ts';
export type { RankOptions } from './decide-slot.ts';
export { createDeviceStore, type DeviceStore } from './device-store.ts';
export type { InklingEvents } from './emitter.ts';
export type { Act, Inkling } from './inkling.ts';
export type { InklingOptions } from './options.ts';
export { type MountOptions, mountSlots } from './slots/mount-slots.ts';
export { createPaintGuard, type PaintGuard } from './slots/paint-guard.ts';
export { type Shown, type ShownListeners, watchShown } from './watch-shown.ts';
