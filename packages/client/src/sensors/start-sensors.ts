import type { ContextPatch } from '@inkling/core';
import { readClock } from './read-clock.ts';
import { readDevice } from './read-device.ts';
import { readPage } from './read-page.ts';
import { readReferral } from './read-referral.ts';
import type { Sensor, SensorOptions } from './sensor.ts';
import { watchDepth } from './watch-depth.ts';
import { watchDwell } from './watch-dwell.ts';

/** Starts all sensors of the browser. Their code is loaded, and this called, once the purpose `context` allows it; its
 * disposer is called when that ends. One that fails leaves its signals unknown. */
export function startSensors({ campaigns, now }: SensorOptions): Required<Sensor> {
  const sensors: readonly Sensor[] = [
    { read: readClock },
    { read: readDevice },
    { read: () => readReferral(campaigns) },
    { read: () => ({ page: readPage(document) }) },
    watchDepth(),
    watchDwell(now),
  ];
  return {
    read(at) {
      const patches = sensors.map((sensor) => attempt(() => sensor.read(at)));
      // Each gives its own fields of an area.
      const page = Object.assign({}, ...patches.map((patch) => patch.page));
      return Object.assign({}, ...patches, { page });
    },
    stop() {
      for (const sensor of sensors) sensor.stop?.();
    },
  };
}

/** A page may have put its own in the place of what a sensor reads. */
function attempt(read: () => ContextPatch): ContextPatch {
  try {
    return read();
  } catch {
    return {};
  }
}
