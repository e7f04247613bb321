import { refuse } from '../refuse.ts';

/** Of all the places this runs in; not of ECMAScript. */
declare const TextDecoder: new () => { decode(bytes: Uint8Array): string };

/** The value of JSON in UTF-8, without any property called `__proto__`, which would become a prototype where an object is
 * copied by assignment. @param name of the file, for the message @throws InklingError E_PACK_FORMAT */
export function parseJson(bytes: Uint8Array, name: string): unknown {
  const text = new TextDecoder().decode(bytes);
  try {
    // A reviver visits every value; it runs only where the text could hold the name, plain or escaped.
    return JSON.parse(text, /__proto__|\\u/.test(text) ? withoutPrototype : undefined);
  } catch (cause) {
    return refuse('E_PACK_FORMAT', name, 'JSON', cause, cause);
  }
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}
