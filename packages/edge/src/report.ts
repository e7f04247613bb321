import type { EdgePlatform } from './edge-platform.ts';

/** Tells of what went otherwise than planned. Never given coordinates. */
export type Report = (code: string, message: string, platform: EdgePlatform, cause?: unknown) => void;
