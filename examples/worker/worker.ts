import {
  type AggregatorNamespace,
  type AssetsBinding,
  collector,
  inkling,
  jsonLog,
  openMeteo,
  type ReleaseNamespace,
} from '@inkling/edge/cloudflare';

export { InklingAggregator } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: AssetsBinding;
  /** Holds the release record. */
  readonly INKLING: ReleaseNamespace;
  /** A secret. Without one Open-Meteo's free service is asked, which is for non-commercial use. */
  readonly OPEN_METEO_KEY?: string;
  readonly INKLING_AGGREGATOR: AggregatorNamespace;
  /** A secret, 16 characters or more, by which totals are read. Without one none are taken. */
  readonly INKLING_REPORT_SECRET?: string;
}

export default inkling((env: Env) => ({
  store: env.INKLING,
  pack: {},
  weather: openMeteo(env.OPEN_METEO_KEY ? { apiKey: env.OPEN_METEO_KEY } : {}),
  collector: env.INKLING_REPORT_SECRET
    ? collector({ aggregator: env.INKLING_AGGREGATOR, secret: env.INKLING_REPORT_SECRET, slots: ['grid'] })
    : undefined,
  onDiagnostic: jsonLog,
}));
