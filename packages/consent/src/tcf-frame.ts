import type { TcData, TcfApi } from './tcf.ts';

/** What is used of a window. */
export interface TcfWindow {
  readonly parent: TcfWindow;
  readonly frames: Readonly<Record<string, unknown>>;
  readonly __tcfapi?: TcfApi;
  postMessage(message: unknown, targetOrigin: string): void;
}

/** A window that can listen. */
export interface TcfListener extends TcfWindow {
  addEventListener(
    type: 'message',
    fn: (event: { readonly data: unknown; readonly source: unknown }) => void,
  ): void;
}

interface TcfReturn {
  readonly callId?: unknown;
  readonly returnValue?: TcData | null;
  readonly success?: boolean;
}

/**
 * The consent manager's interface, also from inside a frame: the page's own `__tcfapi`, else that of the nearest window
 * around it that has the frame `__tcfapiLocator`, spoken to by messages (IAB TCF, CMP API v2, "iframes"). Only that very
 * window is heard, and only in answer to what was asked. Undefined where there is none, which `createTcfSource` takes
 * for a no.
 * @param self `window`
 */
export function findTcfApi(self: TcfListener): TcfApi | undefined {
  if (self.__tcfapi) return self.__tcfapi;
  const manager = findLocator(self);
  if (!manager) return undefined;
  const waiting = new Map<unknown, (data: TcData | null, success: boolean) => void>();
  let last = 0;
  self.addEventListener('message', ({ source, data }) => {
    if (source !== manager) return;
    const { callId, returnValue = null, success }: TcfReturn = Object(Object(parsed(data)).__tcfapiReturn);
    waiting.get(callId)?.(returnValue, success === true);
  });
  return (command, version, callback, parameter) => {
    const callId = `inkling-${++last}`;
    // A listener is told more than once.
    waiting.set(callId, callback);
    manager.postMessage({ __tcfapiCall: { command, version, parameter, callId } }, '*');
  };
}

function findLocator(self: TcfWindow): TcfWindow | undefined {
  for (let around = self; ; around = around.parent) {
    try {
      if (around.frames.__tcfapiLocator) return around;
    } catch {
      // A window of another origin does not say what frames it has not.
    }
    if (around.parent === around) return undefined;
  }
}

/** Some managers answer in text. */
function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : data;
  } catch {
    return undefined;
  }
}
