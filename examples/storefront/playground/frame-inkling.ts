import type { ConsentSource, Context, ContextPatch, Diagnostic, Slate } from '@inkling/core';

export interface Reason {
  readonly group: string;
  readonly contribution: number;
  readonly sentence: string;
}

/** What the playground uses of the script's public API in the framed page. */
export interface FrameInkling {
  readonly context: { get(): Context; override(patch?: ContextPatch): void };
  readonly consent: ConsentSource;
  slates(): readonly Slate[];
  explain(slate: Slate, item: string): Promise<{ readonly reasons: readonly Reason[] }>;
  on(type: 'decision', fn: (slate: Slate) => void): () => void;
  on(type: 'diagnostic', fn: (diagnostic: Diagnostic) => void): () => void;
}

const FRAMES = 600;

/** The script of the framed page, which loads in its own time; undefined when it has not started after 600 animation
 * frames (about ten seconds), or when `signal` ends the wait. */
export function whenInklingStarts(
  frame: HTMLIFrameElement,
  signal: AbortSignal,
): Promise<FrameInkling | undefined> {
  return new Promise((resolve) => {
    let left = FRAMES;
    const look = (): void => {
      // The page in the frame is this shop's own; its script sets `inkling` on the window.
      const found = (frame.contentWindow as (Window & { inkling?: FrameInkling }) | null)?.inkling;
      if (found !== undefined) resolve(found);
      else if (signal.aborted || left === 0) resolve(undefined);
      else {
        left -= 1;
        requestAnimationFrame(look);
      }
    };
    look();
  });
}
