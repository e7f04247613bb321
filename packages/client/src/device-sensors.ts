import type { ContextPatch } from '@inkling/core';
import type { Reporter } from './reporter.ts';
import type { Sensor, SensorOptions } from './sensors/sensor.ts';

/** The browser's own sensors, as far as they may run. */
export interface DeviceSensors {
  /** Loads and starts them while the device may be read, stops them while it may not. Before it may, not even their
   * code is there. */
  settle(): Promise<void>;
  /** What they know now; nothing while they do not run. */
  read(): ContextPatch;
  stop(): void;
}

export interface DeviceSensorsOptions extends SensorOptions {
  readonly mayRun: () => boolean;
  readonly attempt: Reporter['attempt'];
}

export function createDeviceSensors(options: DeviceSensorsOptions): DeviceSensors {
  const { mayRun, attempt, now } = options;
  let running: Required<Sensor> | undefined;
  const stop = () => {
    running?.stop();
    running = undefined;
  };
  return {
    async settle() {
      if (!mayRun()) return stop();
      const kit = await attempt('sensors', () => import('./sensors/start-sensors.ts'));
      // That may have ended meanwhile, or another call been faster.
      if (mayRun()) running ??= kit?.startSensors(options);
    },
    read: () => running?.read(now()) ?? {},
    stop,
  };
}
