import type { Pack } from '@inkling/core';
import { Command } from 'commander';
import { verifyPack } from '../pack/verify-pack.ts';
import { print } from './print.ts';

export interface VerifyCommand {
  readonly folder: string;
  readonly key?: readonly string[];
  readonly now: () => Date;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .argument('<folder>')
    .description('check a pack: signature, form, expiry, the hash of every asset')
    .option('--key <public key...>', 'one of these must have signed it')
    .action(async (folder: string, options: { readonly key?: readonly string[] }) => {
      const pack = await runVerify({ folder, ...options, now: () => new Date() });
      const signed = options.key ? 'signed' : 'not signed, or not asked';
      print(`${pack.id} version ${pack.version}, floor ${pack.floor}, until ${pack.expiresAt}, ${signed}`);
    });
}

/** `inkling verify`: checks a pack as a browser would, and more. */
export async function runVerify({ folder, key, now }: VerifyCommand): Promise<Pack> {
  return verifyPack({ folder, keys: key, now: now() });
}
