import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WeatherServer {
  readonly url: string;
  /** Everything that arrived: method, path with query, and headers. */
  readonly requests: readonly string[];
  /** How the next requests are answered; a responder that does nothing hangs. */
  respond(responder: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

/** A local server that speaks Open-Meteo's format. */
export async function startWeatherServer(): Promise<WeatherServer> {
  const requests: string[] = [];
  let respond: (response: ServerResponse) => void = () => undefined;
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    // A connection of its own for each request: one that is used again and breaks is tried anew by the platform.
    response.setHeader('connection', 'close');
    respond(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    // A server that listens on TCP has an address with a port.
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    respond(responder) {
      respond = responder;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
