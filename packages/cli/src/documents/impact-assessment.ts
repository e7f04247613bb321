import { BEFORE_CHOICE } from '@inkling/consent';
import type { DeclaredData } from './declared-data.ts';
import { codes, markdownList, markdownPage, markdownTable } from './markdown.ts';

/** The start of a data protection impact assessment, in the four parts of GDPR Article 35(7). */
export function impactAssessment(data: DeclaredData): string {
  const { pack, signals, unused, stores, requests, egress } = data;
  return markdownPage(
    '# Data protection impact assessment: a start',
    'In the four parts of GDPR Article 35(7). What stands in brackets is the controller’s to judge and write; the rest ' +
      `is what the pack \`${pack.id}\` (features \`${pack.fingerprint}\`) and the runtime declare, and what ` +
      '`inkling audit` holds a site to.',
    '## (a) What is done',
    '![What is read, kept and sent, and where](data-flow.svg)',
    '**Read**, in memory, to order what is on the page:',
    markdownTable([
      ['signal', 'from', 'purpose', 'what the visitor reads about it'],
      ...signals.map(({ path, from, purpose, sentences }) => [
        `\`${path}\``,
        from,
        purpose,
        sentences.join(' ') || 'decides which items count as popular',
      ]),
    ]),
    `The runtime looks at these too, once \`context\` is granted, and shows them in the privacy centre; the pack does not ` +
      `use them: ${codes(unused)}.`,
    'What is searched for on the site, where a page says how, is compared with the catalog in the browser once ' +
      '`profile` is granted, and forgotten; the tags that it means are kept among the tastes.',
    '**Kept**, on the device alone:',
    markdownList(stores.map(({ name, sentence }) => `${name}: ${sentence}`)),
    '**Sent:**',
    markdownList([
      ...[...requests, ...egress].map(({ sentence }) => sentence),
      ...(egress.length === 0 ? ['Nothing about a visitor leaves the browser.'] : []),
      'The centre of a 0.25° cell goes from the edge function to the weather provider, for no visitor in particular.',
    ]),
    '## (b) Is it needed, and is it proportionate',
    markdownList([
      'Purpose and benefit: [what the page gains, and its visitors]',
      'Could it be done with less? [for each signal above, why it is used]',
      `Sensitive topics: ${sensitiveTopics(pack.sensitive)}`,
      `Some visitors get the authored page, to know whether it helps: ${Math.round(pack.experiment.holdout * 100)} %` +
        `${pack.experiments?.length ? `; experiments: ${codes(pack.experiments.map(({ id }) => id))}` : ''}.`,
      'Information and rights: the privacy centre says what is known, and lets the visitor switch it off, download and ' +
        'erase it; [where the notice links to it]',
    ]),
    'Before a choice, by the rule of the region:',
    markdownTable([
      ['rule', 'may be read or fetched'],
      ...Object.entries(BEFORE_CHOICE).map(([regime, table]) => [
        regime,
        Object.entries(table)
          .filter(([, may]) => may)
          .map(([row]) => row.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`))
          .join(', '),
      ]),
    ]),
    '## (c) The risks to visitors',
    'The [threat model](threat-model.md) names them. Judge each for this site:',
    markdownTable([
      ['risk', 'how likely', 'how severe', 'why'],
      ['somebody else at the device sees what was looked at', '[…]', '[…]', '[…]'],
      ['a topic that is shown says something about the visitor to a bystander', '[…]', '[…]', '[…]'],
      ['what is sent tells visitors apart', '[…]', '[…]', '[…]'],
      ['a visitor is nudged to accept', '[…]', '[…]', '[…]'],
    ]),
    '## (d) What is done about them',
    markdownList([
      'Nothing is kept or sent before its purpose is granted; a withdrawal erases at once, in every tab. Evidence: the ' +
        'report of `inkling audit` on [address], of [date], with [n] breaches.',
      'How long each thing is kept: [retention](retention.md).',
      'Opinion of the data protection officer: [name, date, opinion]',
      'To be looked at again: [date, or when `inkling diff` shows another signal or another shape]',
    ]),
  );
}

function sensitiveTopics(tags: readonly string[] = []): string {
  return tags.length > 0
    ? `items tagged ${codes(tags)} leave no trace in the profile.`
    : 'the pack names none; [whether no tag of the catalog says something of health, belief, sex or politics]';
}
