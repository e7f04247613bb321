import type { Breach, Flow } from './observation.ts';

export interface CheckedItem {
  readonly must: number;
  readonly text: string;
  /** `met` as far as the evidence goes; `manual` where a person has to look. */
  readonly verdict: 'met' | 'breach' | 'manual' | 'not applicable';
  readonly evidence: readonly string[];
  /** What the audit cannot see. */
  readonly manual?: string;
}

interface Must {
  readonly text: string;
  readonly manual?: string;
}

/** The sixteen items, in their order: what privacy law, regulators' guidance and the consent standards ask of a site. */
const MUSTS: readonly Must[] = [
  { text: 'Nothing is stored or sent before a choice where consent is opt-in, nor after a refusal' },
  {
    text: 'Accept and refuse have equal size, contrast, layer and place in the order of keys',
    manual: 'wording, and colours given other than as RGB',
  },
  { text: 'Nothing is ticked beforehand', manual: 'claims of legitimate interest in the notice' },
  {
    text: 'A control stays to come back to the choices; withdrawing takes as little as granting and erases',
    manual: 'pages that were not visited',
  },
  {
    text: 'Global Privacy Control is obeyed, as header and property, and the page says so',
  },
  { text: 'Each purpose is asked by itself; a change of policy, and nothing else, asks again' },
  {
    text: 'Choices end, and a refusal is not asked about again until then',
    manual: 'a choice in a cookie whose life the browser measures',
  },
  {
    text: 'TCF and GPP are listened to, and silence counts as no',
    manual: 'the page has such an interface: try it with a consent manager that never answers',
  },
  {
    text: 'A record of consent with the fields of ISO/IEC TS 27560 can be exported',
    manual: 'export a record and read it',
  },
  { text: 'A withdrawal reaches every tab, frozen ones included' },
  { text: 'The visitor can see why, what is known, and delete it', manual: 'open the page that shows it' },
  { text: '/.well-known/gpc.json tells that the site obeys, where the site has one' },
  { text: 'Work that has begun is given up when consent is withdrawn' },
  { text: 'No wall: the page can be read without a choice', manual: 'content held back by the server' },
  {
    text: 'The dialog meets WCAG 2.2 AA; Escape is not consent',
    manual: 'focus, names and reading order with a screen reader',
  },
  { text: 'Closing the question is not consent' },
];

/** Each item with what speaks for and against it. An item nobody looked at is manual, never met. */
export function checklistOf(flows: readonly Flow[]): readonly CheckedItem[] {
  return MUSTS.map(({ text, manual }, index) => {
    const must = index + 1;
    const breaches = flows.flatMap((flow) => flow.breaches.filter((breach) => breach.must === must));
    // What a flow says of itself does not count where it found a breach.
    const clean = flows.filter((flow) => !breaches.some((breach) => breach.flow === flow.name));
    const seen = clean.flatMap(({ name, evidence }) =>
      evidence
        .filter((each) => each.must === must)
        .map(({ says, isAbsence = false }) => ({ says: `${name}: ${says}`, isAbsence })),
    );
    const isAbsent = seen.some(({ isAbsence }) => isAbsence);
    const verdict =
      breaches.length > 0 ? 'breach' : isAbsent ? 'not applicable' : seen.length > 0 ? 'met' : 'manual';
    const evidence = [...breaches.map(sayBreach), ...new Set(seen.map(({ says }) => says))];
    return { must, text, verdict, evidence, ...(manual !== undefined && !isAbsent && { manual }) };
  });
}

export function sayBreach({ flow, step, code, message }: Breach): string {
  return `${flow}, ${step}: ${message} [${code}]`;
}
