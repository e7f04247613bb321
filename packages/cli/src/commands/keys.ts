import { Command } from 'commander';
import { createKey, type PublicKey, readPublicKey } from '../pack/keys.ts';
import { print } from './print.ts';

export interface KeysCommand {
  /** Where the private key goes. */
  readonly out: string;
  /** A private key that the new one is to replace. */
  readonly replaces?: string;
}

export interface CreatedKey extends PublicKey {
  /** What `data-key` takes from now on: the new key, and the old one beside it while packs signed with it are in use. */
  readonly dataKey: string;
}

export function keysCommand(): Command {
  return new Command('keys')
    .description('make a key pair that signs packs')
    .requiredOption(
      '--out <file>',
      'where the private key goes; keep it out of the site and of version control',
    )
    .option('--replaces <file>', 'the private key in use: pages take both until it is dropped')
    .action(async (options: KeysCommand) => {
      const { key, kid, dataKey } = await runKeys(options);
      print(`private key  ${options.out}\npublic key   ${key}\nkid          ${kid}`);
      if (options.replaces) print(`data-key     ${dataKey}`);
    });
}

/** `inkling keys`: makes a key that signs packs. */
export async function runKeys({ out, replaces }: KeysCommand): Promise<CreatedKey> {
  // Read first: nothing is made beside a key that cannot be read.
  const old = replaces === undefined ? [] : [(await readPublicKey(replaces)).key];
  const created = await createKey(out);
  return { ...created, dataKey: [created.key, ...old].join(' ') };
}
