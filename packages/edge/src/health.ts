import type { EdgePack } from './pack/open-edge-pack.ts';
import type { WeatherState } from './weather-gate.ts';

/** What the last refusal was of a pack or a release record. */
export interface Refusal {
  /** Of the error where it has one, else of the diagnostic. */
  readonly code: string;
  /** Epoch ms. */
  readonly at: number;
}

/** What one isolate knows of itself. */
export interface IsolateState {
  readonly off: boolean;
  readonly pack: EdgePack | undefined;
  readonly refusal: Refusal | undefined;
  /** Absent where there is no weather source. */
  readonly weather: WeatherState | undefined;
}

/** What `/inkling/health` answers, for whoever watches the site: nothing in it comes from a visitor. The status is 200
 * whatever it says, because the site is well without Inkling. */
export function healthOf({ off, pack: opened, refusal, weather }: IsolateState, now: number): Response {
  const pack = opened?.pack;
  const seconds = (from: string | number) => Math.round((now - new Date(from).getTime()) / 1000);
  const health = {
    off,
    pack: pack && {
      id: pack.id,
      version: pack.version,
      ageSeconds: seconds(pack.createdAt),
      expiresInSeconds: -seconds(pack.expiresAt),
    },
    refused: refusal && { code: refusal.code, secondsAgo: seconds(refusal.at) },
    weather,
  };
  return Response.json(health, {
    headers: { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
  });
}
