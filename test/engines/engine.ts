/** A browser that opens one page at a time. */
export interface Engine {
  readonly name: string;
  /** Opens a page in a fresh context and gives what its `window.result` resolves to. */
  visit(url: string): Promise<unknown>;
  /** Opens a page that goes on to others of its site and comes back, and gives the JSON that one of them leaves in
   * `localStorage.result`. */
  travel(url: string): Promise<unknown>;
  close(): Promise<void>;
}
