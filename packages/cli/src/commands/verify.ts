import type { Pack } from '@inkling/core';
import { Command } from 'commander';
import { verifyPack } from '../pack/verify-pack.ts';
import { wholeNumber } from './arguments.ts';
import { print } from './print.ts';

export interface VerifyCommand {
  /** The folder of pack.json, or its http(s) URL. */
  readonly source: string;
  readonly key?: readonly string[];
  /** The highest floor of the packs accepted before. */
  readonly floor?: number;
  readonly now: () => Date;
}

export function verifyCommand(): Command {
  return new Command('verify')
    .argument('<pack>', 'a folder, or the URL of one or of its pack.json')
    .description('check a pack: signature, form, expiry, floor, the hash of every asset')
    .option('--key <public key...>', 'one of these must have signed it')
    .option('--floor <n>', 'the highest floor accepted before: no older version will do', wholeNumber)
    .action(async (source: string, options: Omit<VerifyCommand, 'source' | 'now'>) => {
      const pack = await runVerify({ source, ...options, now: () => new Date() });
      const signed = options.key ? 'signed' : 'not signed, or not asked';
      print(`${pack.id} version ${pack.version}, floor ${pack.floor}, until ${pack.expiresAt}, ${signed}`);
    });
}

/** `inkling verify`: checks a pack as a browser would, and more. */
export async function runVerify({ source, key, floor, now }: VerifyCommand): Promise<Pack> {
  return (await verifyPack({ source, keys: key, floor, now: now() })).pack;
}
