export * from '@inkling/core/profile';
export { createDeviceStore } from './device-store.ts';
