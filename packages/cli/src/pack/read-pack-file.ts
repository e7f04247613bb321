import type { Pack } from '@inkling/core';
import { packSchema } from '@inkling/core/pack-schema';
import { CliError } from '../cli-error.ts';
import { checkValue } from '../read-json.ts';
import { openPackFiles } from './pack-files.ts';

/** More than any pack.json may have. */
const BYTES = 1_048_576;

/** Reads what a pack declares. Its signature, expiry and assets are not looked at.
 * @param source the folder of pack.json, or its http(s) URL @throws CliError */
export async function readPackFile(source: string): Promise<Pack> {
  const files = openPackFiles(source);
  const file = files.place('pack.json');
  const text = (await files.read('pack.json', BYTES)).toString();
  try {
    return checkValue(file, JSON.parse(text), packSchema);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new CliError(file, '', 'JSON', cause.message);
  }
}
