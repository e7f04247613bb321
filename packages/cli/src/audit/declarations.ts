import { readsBeforeChoice } from './before-choice.ts';
import type { Kept, Observation } from './observation.ts';
import type { DeclaredRequest, SiteFile } from './site-file.ts';

/** What is wrong with something seen: a stable name and a sentence. */
interface Fault {
  readonly code: string;
  readonly message: string;
}

interface Judgement {
  /** For which purpose it is declared, if it is. */
  readonly purpose: string | undefined;
  readonly fault: Fault | undefined;
}

export interface Declarations {
  /** @param granted the purposes that may act now; `necessary` stands for the choice itself */
  judge(seen: Observation, granted: readonly string[]): Judgement;
  judgeKept(kept: Omit<Kept, 'purpose'>, granted: readonly string[]): Judgement;
}

/** A query in the address of these names a version of a file; of anything else it says something. */
const FILES = ['document', 'stylesheet', 'script', 'font'];

/** What a site declares, as a judge of what its pages do. @param origin of the audited page */
export function createDeclarations(site: SiteFile, origin: string): Declarations {
  const stores = [site.choice, ...site.stores];
  const reads = [...site.reads, ...readsBeforeChoice(site.regime)];

  function judgeKept({ api, name, bytes }: Omit<Kept, 'purpose'>, granted: readonly string[]): Judgement {
    const found = stores.filter((store) => store.api === api && covers(store.name, name));
    const store = found.find(({ purpose }) => granted.includes(purpose)) ?? found[0];
    const what = `${api} "${name}" (${bytes} B)`;
    if (!store) return faulty('store-undeclared', undefined, `${what} is stored and nobody declares it`);
    const { purpose, maxBytes } = store;
    if (!granted.includes(purpose))
      return faulty('store-ungranted', purpose, `${what} is stored for ${purpose}, which is not granted`);
    if (bytes > maxBytes)
      return faulty('store-too-large', purpose, `${what} is more than the ${maxBytes} B declared`);
    return { purpose, fault: undefined };
  }

  function judgeRead({ api, what }: Observation, granted: readonly string[]): Judgement {
    const declared = reads.filter((read) => read.api === api).map((read) => read.purpose);
    const purpose = declared.find((each) => granted.includes(each)) ?? declared[0];
    if (!purpose)
      return faulty('read-undeclared', undefined, `${what} (${api}) tells devices apart and was read`);
    if (!granted.includes(purpose))
      return faulty(
        'read-ungranted',
        purpose,
        `${what} (${api}) was read for ${purpose}, which is not granted`,
      );
    return { purpose, fault: undefined };
  }

  function judgeRequest(seen: Observation, granted: readonly string[]): Judgement {
    const { api, what, method = 'GET', body } = seen;
    const url = new URL(URL.canParse(what) ? what : origin);
    const shown = `${method} ${url.origin === origin ? '' : url.origin}${url.pathname} (${api})`;
    const declared = site.requests.find(
      (request) =>
        request.method === method && new URL(request.url, origin).href === url.origin + url.pathname,
    );
    if (declared) return judgeDeclared(declared, shown, url, body, granted);
    if (url.protocol === 'data:' || url.protocol === 'blob:')
      return { purpose: 'the page', fault: undefined };
    if (!URL.canParse(what)) return faulty('request-undeclared', undefined, `${what} opens a connection`);
    if (url.origin !== origin)
      return faulty('request-elsewhere', undefined, `${shown} goes to another site and nobody declares it`);
    if (method !== 'GET' || body !== undefined)
      return faulty('request-undeclared', undefined, `${shown} sends something and nobody declares it`);
    if (url.search && !FILES.includes(api))
      return faulty('request-query', undefined, `${shown} carries ${url.search} and nobody declares it`);
    if (['websocket', 'eventsource', 'ping'].includes(api))
      return faulty('request-undeclared', undefined, `${shown} is a connection that nobody declares`);
    return { purpose: 'the page', fault: undefined };
  }

  return {
    judgeKept,
    judge(seen, granted) {
      if (seen.kind === 'store') return judgeKept({ ...seen, name: seen.what }, granted);
      return seen.kind === 'read' ? judgeRead(seen, granted) : judgeRequest(seen, granted);
    },
  };
}

function judgeDeclared(
  { purpose, fields }: DeclaredRequest,
  shown: string,
  url: URL,
  body: string | undefined,
  granted: readonly string[],
): Judgement {
  if (!granted.includes(purpose))
    return faulty('request-ungranted', purpose, `${shown} is for ${purpose}, which is not granted`);
  const names = [...url.searchParams.keys(), ...(body === undefined ? [] : fieldsOf(body))];
  const extra = names.filter((name) => !fields.includes(name));
  if (extra.length > 0)
    return faulty('request-field', purpose, `${shown} carries what is not declared: ${extra.join(', ')}`);
  return { purpose, fault: undefined };
}

/** A body of another form is one field of no name, which nobody can declare. */
function fieldsOf(body: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(body);
    return [value].flat().flatMap((entry) => Object.keys(Object(entry)));
  } catch {
    return /^[\w.-]+=[^{]*$/.test(body)
      ? [...new URLSearchParams(body).keys()]
      : ['(a body that is not JSON)'];
  }
}

/** Opening a database is for whichever of its declared entries may be stored. */
function covers(declared: string, name: string): boolean {
  if (declared.endsWith('*') && name.startsWith(declared.slice(0, -1))) return true;
  return declared === name || declared.split('/')[0] === name;
}

function faulty(code: string, purpose: string | undefined, message: string): Judgement {
  return { purpose, fault: { code, message } };
}
