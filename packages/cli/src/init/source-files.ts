import { oneALine } from '../one-a-line.ts';
import { news } from './news.ts';
import { shop } from './shop.ts';
import { startingSpec } from './starting-spec.ts';
import type { Template } from './template.ts';
import { travel } from './travel.ts';

const TEMPLATES: Readonly<Record<Site, Template>> = { shop, news, travel };

export const SITES = ['shop', 'news', 'travel'] as const;
export type Site = 'shop' | 'news' | 'travel';

/** What `inkling init` writes: names and contents. */
export function sourceFiles(site: Site): ReadonlyMap<string, string> {
  const { catalog, slots, settings, rules, summary, consent } = TEMPLATES[site];
  const data = "No visitor's data: the rules of rules.json, declared by the site.";
  return new Map([
    ['catalog.json', oneALine(catalog)],
    ['slots.json', pretty(slots)],
    ['settings.json', pretty(settings)],
    ['rules.json', oneALine(rules)],
    ['features.json', pretty(startingSpec(catalog))],
    ['card.json', pretty({ summary, data })],
    ['consent.json', pretty({ language: 'en', ...consent })],
    ['README.md', readme(site)],
  ]);
}

function readme(site: Site): string {
  return `# What personalizes the ${site === 'news' ? 'news site' : site === 'shop' ? 'shop' : 'travel site'}

Change \`catalog.json\` to what you show, \`rules.json\` to what you know, and \`slots.json\` to the places on your pages.
Then, in this folder:

\`\`\`sh
inkling train --from-rules rules.json --spec features.json --catalog catalog.json --out model
inkling pack --id ${site} --pack-version 1 --catalog catalog.json --spec model/features.json --slots slots.json \\
  --settings settings.json --model model/ranker.onnx --card card.json --out public/inkling
inkling verify public/inkling
\`\`\`

| file | holds |
|---|---|
| \`catalog.json\` | the items, one a line |
| \`rules.json\` | what to prefer when, one a line, each with the sentence a visitor reads |
| \`slots.json\` | the places, how each is filled, what must hold there |
| \`settings.json\` | tags of which nothing is remembered; experiments |
| \`features.json\` | what to learn from, once there is a log; its words serve the rules too |
| \`card.json\` | the model card: what the ranker does, what it was made from |
| \`consent.json\` | what the consent banner says here: \`document.querySelector('inkling-consent').texts = …\` |
`;
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
