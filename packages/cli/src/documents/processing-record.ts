import type { Purpose } from '@inkling/core';
import type { DeclaredData } from './declared-data.ts';
import { codes, markdownPage, markdownTable } from './markdown.ts';

const ACTIVITIES: readonly (readonly [Purpose, string])[] = [
  ['necessary', 'Keeping the visitor’s answer'],
  ['context', 'Arranging the page for the moment'],
  ['profile', 'Remembering on the device what the visitor likes'],
  ['measurement', 'Measuring what works'],
  ['research', 'Single decisions for research'],
];

/** A record of processing activities, GDPR Article 30(1), one for each purpose. What only the controller knows is left
 * in brackets. */
export function processingRecord(data: DeclaredData): string {
  return markdownPage(
    '# Record of processing activities',
    'For GDPR Article 30(1). What stands in brackets is the controller’s to write; the rest is what the pack and the ' +
      'runtime declare.',
    markdownTable([
      ['', ''],
      ['Controller', '[name, address, contact]'],
      ['Joint controller, representative', '[or none]'],
      ['Data protection officer', '[name, contact, or none]'],
      ['Data subjects', 'visitors of the site, without any account or identifier'],
      [
        'Security',
        'profile and receipts never leave the device; the pack is signed and its files are hashed; what is sent has a ' +
          'declared shape; see [threat model](threat-model.md)',
      ],
      ['Automated decisions, Article 22', 'none with legal or similar effect: the order of what is shown'],
    ]),
    ...ACTIVITIES.map(([purpose, title]) => activity(purpose, title, data)),
  );
}

function activity(purpose: Purpose, title: string, { signals, stores, egress }: DeclaredData): string {
  const read = signals.filter((signal) => signal.purpose === purpose).map(({ path }) => path);
  const kept = stores.filter((store) => store.purpose === purpose);
  const sent = egress.filter((shape) => shape.purpose === purpose);
  const basis =
    purpose === 'necessary'
      ? '[usually legitimate interest, Article 6(1)(f), and ePrivacy Article 5(3), strictly necessary]'
      : '[usually consent, Article 6(1)(a), and ePrivacy Article 5(3)]';
  return markdownPage(
    `## ${title} (\`${purpose}\`)`,
    markdownTable([
      ['', ''],
      ['Legal basis', basis],
      ['Data read', read.length > 0 ? codes(read) : 'none'],
      [
        'Data kept on the device',
        kept.map(({ name, fields }) => `${name}: ${fields.join(', ')}`).join('; ') || 'none',
      ],
      [
        'Data sent',
        sent.map(({ id, fields }) => `${id}: ${fields.join(', ') || 'no fields'}`).join('; ') || 'none',
      ],
      [
        'Recipients',
        [...new Set(sent.map(({ recipient = 'the controller' }) => recipient))].join(', ') || 'none',
      ],
      ['Transfers to third countries', sent.length > 0 ? '[country and safeguard, or none]' : 'none'],
      [
        'Erased after',
        [
          ...kept.map(({ name, retention }) => `${name}: ${retention}`),
          ...sent.map(({ id, days }) => `${id}: ${days === undefined ? '[days]' : `${days} days`}`),
        ].join('; ') || 'not kept',
      ],
    ]),
  ).trimEnd();
}
