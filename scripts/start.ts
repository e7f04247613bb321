// npm start [-- --port N] [--place LAT,LON[,COUNTRY]]: builds the demo shop and serves it through its Worker.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';
import { prepareStorefront } from './prepare-storefront.ts';
import { serveStorefront } from './serve-storefront.ts';

const say = (line: string) => console.log(line);

try {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '8787' }, place: { type: 'string' } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`--port: expected a number from 1 to 65535, found ${values.port}`);
  }
  const cf = edgePlace(values.place);
  await claimPort(port);
  const dir = await prepareStorefront(say);
  const shop = await serveStorefront({ dir, port, cf });
  say(
    cf.latitude === undefined
      ? 'The place is not known here, so the weather is unknown. To be somewhere: npm start -- --place 60.39,5.32,NO'
      : 'The weather comes from Open-Meteo (https://open-meteo.com, CC BY 4.0); without a network it is unknown.',
  );
  say('Nothing is stored before you choose, and nothing about you is ever sent.');
  say(
    `ready  http://localhost:${port}  ·  playground  http://localhost:${port}/playground/  ·  stop with Ctrl-C`,
  );
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await shop.dispose();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Fails before anything is built over a shop that is still being served. */
async function claimPort(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  await once(probe, 'listening').catch((cause) => {
    throw new Error(`Port ${port} is already in use. Choose another one with -- --port N.`, { cause });
  });
  probe.close();
  await once(probe, 'close');
}

/** What the edge would know of a visitor who sits at this machine: its time zone, and the place if one is given. */
function edgePlace(place: string | undefined): Readonly<Record<string, string>> {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  if (place === undefined) return { timezone: timeZone };
  const match = /^(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)(?:,([A-Z]{2}))?$/.exec(place);
  if (!match)
    throw new Error(`--place: expected LAT,LON or LAT,LON,COUNTRY such as 60.39,5.32,NO, found ${place}`);
  const [, latitude = '', longitude = '', country] = match;
  return { timezone: timeZone, latitude, longitude, ...(country && { country }) };
}
