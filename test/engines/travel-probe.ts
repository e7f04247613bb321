/** What a page of the shop's script saw that was left three times and came back from the back/forward cache. */
export interface Travelled {
  /** Whether the browser had kept it, each time. */
  readonly kept: readonly boolean[];
  /** Exposures when it came back, each time. */
  readonly exposures: readonly number[];
  /** Whether the profile was there, each time; the last time it had been withdrawn on the page between. */
  readonly profile: readonly boolean[];
}

const account = { kept: [] as boolean[], exposures: [] as number[], profile: [] as boolean[] };
let exposures = 0;
const TRIPS = 3;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function run(): Promise<void> {
  if (sessionStorage.left) return finish(false);
  const inkling = await loaded();
  inkling.on('exposure', () => exposures++);
  await inkling.ready;
  // Less than the second that an exposure takes.
  await wait(300);
  leave('/away.html');
}

/** The script tag takes the place of its list. */
async function loaded() {
  for (;;) {
    const { inkling } = window;
    if (inkling && 'ready' in inkling) return inkling;
    await wait(10);
  }
}

function leave(address: string): void {
  sessionStorage.left = 'yes';
  location.href = address;
}

addEventListener('pageshow', async ({ persisted }) => {
  if (!persisted) return;
  account.kept.push(true);
  account.exposures.push(exposures);
  // What asks for consent has heard of the return by now.
  await wait(50);
  account.profile.push(window.inkling?.profile.get() !== undefined);
  await wait(1500);
  const trips = account.kept.length;
  if (trips === TRIPS) finish(true);
  else leave(trips === TRIPS - 1 ? '/away.html?withdraw' : '/away.html');
});

function finish(wasKept: boolean): void {
  if (!wasKept) account.kept.push(false);
  localStorage.result = JSON.stringify(account);
}

void run();
