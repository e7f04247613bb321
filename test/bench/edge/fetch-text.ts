import { type Agent, get } from 'node:http';

/** What a phone says of itself. */
export const PHONE: Readonly<Record<string, string>> = {
  accept: 'text/html',
  'user-agent': 'Mozilla/5.0 (iPhone) Mobile',
};

/** The page that a phone gets. @param agent keeps connections. @default each request has its own */
export function fetchText(url: string, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    get(url, { ...(agent && { agent }), headers: PHONE }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    }).on('error', reject);
  });
}
