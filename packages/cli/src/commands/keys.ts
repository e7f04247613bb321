import { Command } from 'commander';
import { createKey, type PublicKey } from '../pack/keys.ts';
import { print } from './print.ts';

export function keysCommand(): Command {
  return new Command('keys')
    .description('make a key pair that signs packs')
    .requiredOption(
      '--out <file>',
      'where the private key goes; keep it out of the site and of version control',
    )
    .action(async (options: { readonly out: string }) => {
      const { key, kid } = await runKeys(options);
      print(`private key  ${options.out}\npublic key   ${key}\nkid          ${kid}`);
    });
}

/** `inkling keys`: makes a key that signs packs. */
export async function runKeys({ out }: { readonly out: string }): Promise<PublicKey> {
  return createKey(out);
}
