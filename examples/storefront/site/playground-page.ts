import { SCENES } from '../playground/scenes.ts';
import { type Html, html } from './html.ts';
import { brandMark } from './icons.ts';

type Choice = readonly [value: string, label: string];

interface Signal {
  readonly path: string;
  readonly label: string;
  readonly choices: readonly Choice[];
}

const same = (...words: readonly string[]): readonly Choice[] =>
  words.map((word) => [word, `${word.charAt(0).toUpperCase()}${word.slice(1)}`]);

const SIGNALS: readonly Signal[] = [
  {
    path: 'time.weekday',
    label: 'Weekday',
    choices: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
      (day, index) => [String(index + 1), day],
    ),
  },
  { path: 'time.season', label: 'Season', choices: same('spring', 'summer', 'autumn', 'winter') },
  {
    path: 'weather.condition',
    label: 'Weather',
    choices: same('clear', 'cloud', 'fog', 'rain', 'snow', 'storm'),
  },
  {
    path: 'weather.temperature',
    label: 'Temperature',
    choices: same('freezing', 'cold', 'mild', 'warm', 'hot'),
  },
  { path: 'device.form', label: 'Device', choices: same('phone', 'tablet', 'desktop') },
  {
    path: 'geo.country',
    label: 'Country',
    choices: [
      ['DE', 'Germany'],
      ['ES', 'Spain'],
      ['FR', 'France'],
      ['GB', 'United Kingdom'],
      ['NO', 'Norway'],
      ['US', 'United States'],
      ['AU', 'Australia'],
    ],
  },
  { path: 'visit.type', label: 'Visit', choices: same('new', 'returning') },
];

/** A tool page: the shop in a frame between what the moment is and what was decided. */
export function playgroundPage(): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Playground · Fell &amp; Hearth</title>
<meta name="description" content="Change the hour and the weather, and read why the shop shows what it shows.">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="/playground/playground.css">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<script src="/playground/playground.js" defer></script>
</head>
<body>
<header class="bar">
<a class="home" href="/">${brandMark}<span class="visually-hidden">Fell &amp; Hearth, the shop</span></a>
<h1>Playground</h1>
<p class="hint">Change the moment. The page is decided again in the frame, on this device.</p>
<p class="state" role="status" data-state>Starting the page</p>
</header>
<noscript><p class="note">The playground needs JavaScript. The shop itself does not.</p></noscript>
<main class="desk">
<details class="panel controls" open>
<summary><h2>The moment</h2></summary>
<form data-controls autocomplete="off">
<fieldset class="scenes"><legend>Scenes</legend>
${Object.entries(SCENES).map(
  ([id, scene]) => html`<button type="button" data-scene="${id}" aria-pressed="false">${scene.name}</button>
`,
)}</fieldset>
<div class="field hour">
<label for="hour">Hour</label><output for="hour" data-hour>as it is</output>
<input id="hour" type="range" min="0" max="23" step="1" value="12" data-path="time.hour">
<label class="check"><input type="checkbox" data-unknown="time.hour"> Unknown</label>
</div>
${SIGNALS.map(
  (signal) => html`<div class="field"><label for="${signal.path}">${signal.label}</label>
<select id="${signal.path}" data-path="${signal.path}"><option value="">As it is</option>${signal.choices.map(
    ([value, label]) => html`<option value="${value}">${label}</option>`,
  )}<option value="unknown">Unknown</option></select></div>
`,
)}<button type="reset" class="reset">Reset to the real moment</button>
</form>
<div class="known"><h2>What the page goes by</h2><dl data-known></dl></div>
</details>
<section class="stage" aria-label="The shop">
<div class="stage-bar">
<div class="switch" role="group" aria-label="Width of the page"><button type="button" data-width="phone" aria-pressed="false">Phone</button><button type="button" data-width="desktop" aria-pressed="true">Desktop</button></div>
<code data-address>/</code>
<button type="button" data-reload>Reload</button>
</div>
<div class="viewport" data-viewport><iframe src="/" title="The shop, as this moment shows it" data-frame></iframe></div>
</section>
<section class="panel results" aria-labelledby="decisions" tabindex="0">
<h2 id="decisions">Decisions</h2>
<p class="note" data-note hidden></p>
<div data-slates><p class="empty">Waiting for the first decision.</p></div>
<h2>Diagnostics</h2>
<ol class="diagnostics" data-diagnostics><li class="empty">None so far.</li></ol>
</section>
</main>
</body>
</html>
`;
}
