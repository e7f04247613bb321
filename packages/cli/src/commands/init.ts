import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import { checkOutputFolder } from '../check-output.ts';
import { CliError } from '../cli-error.ts';
import { SITES, type Site, sourceFiles } from '../init/source-files.ts';
import { print } from './print.ts';

export interface InitCommand {
  readonly site: Site;
  readonly folder: string;
}

export function initCommand(): Command {
  return new Command('init')
    .description('start a pack without data: catalog, slots, rules, consent texts')
    .addArgument(new Argument('<site>', 'what kind of site').choices(SITES))
    .argument('[folder]', 'where the files go', 'inkling')
    .action(async (site: Site, folder: string) => {
      for (const name of await runInit({ site, folder })) print(join(folder, name));
      print(`next: ${join(folder, 'README.md')}`);
    });
}

/** `inkling init`: writes the source of a pack, and never over a file that is there. @returns the names of the files */
export async function runInit({ site, folder }: InitCommand): Promise<readonly string[]> {
  await checkOutputFolder(folder);
  const files = sourceFiles(site);
  const taken = [...files.keys()].filter((name) => existsSync(join(folder, name)));
  if (taken.length > 0) throw inTheWay(folder, taken);
  await mkdir(folder, { recursive: true });
  const written: string[] = [];
  try {
    for (const [name, content] of files) {
      // Somebody else may have been quicker.
      await writeFile(join(folder, name), content, { flag: 'wx' }).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'EEXIST') throw inTheWay(folder, [name]);
        written.push(name);
        throw cause;
      });
      written.push(name);
    }
  } catch (cause) {
    // All or nothing: what is left would be in the way of the next try.
    for (const name of written) await rm(join(folder, name), { force: true });
    throw cause;
  }
  return [...files.keys()];
}

function inTheWay(folder: string, names: readonly string[]): CliError {
  return new CliError(folder, '', 'a folder without files of these names', names.join(', '));
}
