import type { Sensor } from './sensor.ts';

/** How far down the document the visitor has got: the share of it that has been in view, 0 to 1. */
export function watchDepth(): Sensor {
  let deepest = 0;
  const follow = () => {
    const { scrollHeight } = document.documentElement;
    deepest = Math.max(deepest, Math.min(1, (scrollY + innerHeight) / scrollHeight || 0));
  };
  addEventListener('scroll', follow, { passive: true });
  return {
    read() {
      follow();
      return { page: { depth: deepest } };
    },
    stop: () => removeEventListener('scroll', follow),
  };
}
