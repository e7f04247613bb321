interface Rewriter {
  on(selector: string, handlers: { element(): void }): Rewriter;
  transform(response: Response): Response;
}

declare const HTMLRewriter: { new (): Rewriter };

/** A Worker with one handler that does nothing. */
export const worker = {
  async fetch(
    request: Request,
    env: { readonly ASSETS: { fetch(request: Request): Promise<Response> } },
  ): Promise<Response> {
    return new HTMLRewriter()
      .on('head', { element: () => undefined })
      .transform(await env.ASSETS.fetch(request));
  },
};
