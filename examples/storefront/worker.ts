import { type AssetsBinding, inkling, openMeteo } from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: AssetsBinding;
  /** Base URL of another server that speaks Open-Meteo's format. */
  readonly OPEN_METEO_HOST?: string;
}

const SECURITY: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; " +
    "frame-ancestors 'self'; require-trusted-types-for 'script'; base-uri 'none'; form-action 'self'",
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
};

/** `ranker-3f9a….onnx`: the name changes with the content. */
const HASHED = /-[0-9a-f]{8,}\.\w+$/;

export default inkling((env: Env) => ({
  gpcSince: '2026-11-20',
  weather: openMeteo(env.OPEN_METEO_HOST ? { host: env.OPEN_METEO_HOST } : {}),
  async origin(request) {
    const asset = await env.ASSETS.fetch(request);
    const response = new Response(asset.body, asset);
    for (const [name, value] of Object.entries(SECURITY)) response.headers.set(name, value);
    const lasting = asset.ok && HASHED.test(new URL(request.url).pathname);
    response.headers.set('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    return response;
  },
}));
