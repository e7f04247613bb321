/** Runs in a page that may be on its way to the next. */
export const READ_RESULT = 'localStorage.result';

/** Reads until there is something to read: a page that is just being left has no answer. */
export async function untilLeft(read: () => Promise<unknown>): Promise<unknown> {
  for (;;) {
    const text = await read().catch(() => undefined);
    if (typeof text === 'string') return JSON.parse(text);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
