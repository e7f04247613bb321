/** What is used of Node's `IncomingMessage`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  /** The target as it was sent: mostly a path, with its query. */
  readonly url?: string | undefined;
  /** Name and value in turn. */
  readonly rawHeaders: readonly string[];
  readonly headers: { readonly host?: string | undefined };
  /** That of TLS has `encrypted`. */
  readonly socket: object;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (cause: Error) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

/** What is used of Node's `ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  statusMessage: string;
  /** True once the client has gone. */
  readonly destroyed: boolean;
  readonly writableFinished: boolean;
  appendHeader(name: string, value: string): unknown;
  /** False where it is to be waited for `drain`. */
  write(bytes: Uint8Array): boolean;
  end(text?: string): unknown;
  destroy(): unknown;
  on(event: 'drain' | 'close' | 'error', listener: () => void): unknown;
  off(event: 'drain' | 'close', listener: () => void): unknown;
}
