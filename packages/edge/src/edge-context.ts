import type { ContextPatch } from '@inkling/core';
import { deviceClass } from './device-class.ts';
import type { EdgeGeo } from './edge-platform.ts';
import type { GridCell } from './grid-cell.ts';
import { hemisphere } from './hemisphere.ts';
import type { LocalTime } from './local-time.ts';
import type { CellWeather } from './weather-provider.ts';

/** What is known at the edge about the moment of a request. Only known fields are present. */
export function edgeContext(
  geo: EdgeGeo,
  headers: Headers,
  moment: {
    readonly now: number;
    readonly cell: GridCell | undefined;
    readonly weather: CellWeather | undefined;
    readonly localTime: LocalTime;
  },
): ContextPatch {
  const country = matching(geo.country, /^(?!XX)[A-Z]{2}$/);
  const region = country && matching(geo.region, /^[A-Z0-9]{1,3}$/);
  const { cell, weather, now, localTime } = moment;
  const time = localTime(now, geo.timezone, hemisphere(cell?.latitude, country, geo.continent));
  const form = deviceClass(headers);
  return {
    ...((country || cell) && {
      geo: {
        ...(country && { country }),
        ...(region && { region }),
        ...(cell && { cell: cell.id }),
        source: 'edge',
      },
    }),
    ...(weather && { weather }),
    ...(time && { time }),
    ...(form && { device: { form } }),
  };
}

function matching(text: string | undefined, pattern: RegExp): string | undefined {
  return text !== undefined && pattern.test(text) ? text : undefined;
}
