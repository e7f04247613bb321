import type { ContextPatch } from '@inkling/core';

/** The kind of device and what its owner prefers, each one of a handful of values: nothing by which a device could be
 * told from others, and no high-entropy hint is asked for. */
export function readDevice(): ContextPatch {
  const matches = (query: string) => matchMedia(query).matches;
  const coarse = matches('(pointer: coarse)');
  const width = innerWidth;
  // Not in lib.dom: https://wicg.github.io/netinfo/
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } };
  return {
    device: {
      form: coarse ? (Math.min(screen.width, screen.height) < 600 ? 'phone' : 'tablet') : 'desktop',
      pointer: coarse ? 'coarse' : 'fine',
      viewport: width < 600 ? 'small' : width < 1200 ? 'medium' : 'large',
      language: navigator.language.slice(0, 2),
      colorScheme: matches('(prefers-color-scheme: dark)') ? 'dark' : 'light',
      reducedMotion: matches('(prefers-reduced-motion: reduce)'),
      // Whoever is on a second-generation network is spared bytes, too.
      dataSaver: connection ? !!connection.saveData || /2g/.test(connection.effectiveType ?? '') : 'unknown',
    },
  };
}
