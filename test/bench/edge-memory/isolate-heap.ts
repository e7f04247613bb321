/** The Worker's own isolate, as its inspector tells of it. */
export interface IsolateHeap {
  /** What lives in JavaScript's heap after a collection, in MB. */
  live(): Promise<number>;
  close(): void;
}

/** @param inspector Address of workerd's inspector */
export async function openIsolateHeap(inspector: URL): Promise<IsolateHeap> {
  const socket = new WebSocket(new URL('/core:user:', inspector));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`expected an inspector at ${inspector}, found none`));
  });
  let id = 0;
  const send = (method: string) => socket.send(JSON.stringify({ id: ++id, method }));
  return {
    live: () =>
      new Promise((resolve) => {
        send('HeapProfiler.enable');
        // Has no answer of its own; what is asked next is answered after it.
        send('HeapProfiler.collectGarbage');
        send('Runtime.getHeapUsage');
        const wanted = id;
        socket.onmessage = ({ data }) => {
          const message: { readonly id?: number; readonly result?: { readonly usedSize: number } } =
            JSON.parse(String(data));
          if (message.id === wanted) resolve((message.result?.usedSize ?? 0) / 1_048_576);
        };
      }),
    close: () => socket.close(),
  };
}
