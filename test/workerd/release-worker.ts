import {
  type FileBucket,
  type FileNamespace,
  type InklingWorker,
  inkling,
  type ReleaseNamespace,
  readKv,
  readR2,
} from '@inkling/edge/cloudflare';

interface Env {
  readonly ASSETS: { fetch(request: Request): Promise<Response> };
  readonly RELEASE: ReleaseNamespace;
  readonly PACKS_KV: FileNamespace;
  readonly PACKS_R2: FileBucket;
}

/** Every request meets a new isolate's memory. The pack's files come from where the host's name says. */
export const worker: InklingWorker<Env> = {
  fetch(request, env, context) {
    const { hostname } = new URL(request.url);
    const read = hostname.startsWith('r2.') ? readR2(env.PACKS_R2) : readKv(env.PACKS_KV);
    return inkling<Env>({
      store: env.RELEASE,
      pack: { waitMs: 10_000, ...(!hostname.startsWith('assets.') && { read }) },
    }).fetch(request, env, context);
  },
};
