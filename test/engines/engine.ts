/** A browser that opens one page at a time. */
export interface Engine {
  readonly name: string;
  /** Opens a page in a fresh context and gives what its `window.result` resolves to. */
  visit(url: string): Promise<unknown>;
  close(): Promise<void>;
}
