import {
  type AssetsBinding,
  inkling,
  jsonLog,
  openMeteo,
  type ReleaseNamespace,
} from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: AssetsBinding;
  /** Holds the release record. */
  readonly INKLING: ReleaseNamespace;
  /** A secret. Without one Open-Meteo's free service is asked, which is for non-commercial use. */
  readonly OPEN_METEO_KEY?: string;
}

export default inkling((env: Env) => ({
  store: env.INKLING,
  pack: {},
  weather: openMeteo(env.OPEN_METEO_KEY ? { apiKey: env.OPEN_METEO_KEY } : {}),
  onDiagnostic: jsonLog,
}));
