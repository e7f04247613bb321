import { REGIMES, REGIMES_VERSION } from '@inkling/consent';
import type { DeclaredData } from './declared-data.ts';
import { codes, markdownPage, markdownTable } from './markdown.ts';

/** For how long each thing is kept, and where the figure comes from. */
export function retentionTable({ pack, stores, egress }: DeclaredData): string {
  return markdownPage(
    '# Retention',
    'On the visitor’s device. Nothing here is known to a server.',
    markdownTable([
      ['what', 'where', 'purpose', 'how long', 'what is in it'],
      ...stores.map(({ name, where, purpose, retention, fields }) => [
        name,
        `\`${where}\``,
        purpose,
        retention,
        fields.join('; '),
      ]),
    ]),
    '## What has left the browser',
    egress.length === 0
      ? 'Nothing about a visitor leaves it.'
      : markdownTable([
          ['what', 'to whom', 'purpose', 'fields', 'how long there'],
          ...egress.map(({ id, url, recipient = 'the site', purpose, fields, days }) => [
            id,
            `${recipient}, \`${url}\``,
            purpose,
            codes(fields),
            days === undefined ? '**to be declared: `days` in the pack**' : `${days} days`,
          ]),
        ]),
    '## How long an answer holds',
    `By region, ${pack.regimes ? 'by the table of the pack' : `version ${REGIMES_VERSION} of the table`}. A grant holds 180 days everywhere.`,
    markdownTable([
      ['region', 'rule', 'a refusal holds', 'source'],
      ...(pack.regimes ?? REGIMES).map(({ regions, regime, refusalDays, source }) => [
        regions,
        regime,
        `${refusalDays} days`,
        source,
      ]),
    ]),
  );
}
