import { join } from 'node:path';
import { Command } from 'commander';
import { checkOutputFolder } from '../check-output.ts';
import { documentsOf } from '../documents/documents.ts';
import { readPackFile } from '../pack/read-pack-file.ts';
import { writeAtomically } from '../write-atomically.ts';
import { print } from './print.ts';

export interface DocumentsCommand {
  /** The folder of pack.json, or its http(s) URL. */
  readonly pack: string;
  /** Folder for the documents. */
  readonly out: string;
}

export function documentsCommand(): Command {
  return new Command('documents')
    .description(
      'write the papers of a privacy team from what a pack declares: data flow, impact assessment, record, retention, threats',
    )
    .requiredOption('--pack <pack>', 'a folder, or the URL of one or of its pack.json')
    .requiredOption('--out <folder>', 'for the documents')
    .action(async (options: DocumentsCommand) => {
      for (const name of await runDocuments(options)) print(join(options.out, name));
    });
}

/** `inkling documents`: writes the documents of a pack. @returns their names @throws CliError */
export async function runDocuments({ pack, out }: DocumentsCommand): Promise<readonly string[]> {
  await checkOutputFolder(out);
  const documents = documentsOf(await readPackFile(pack));
  for (const [name, content] of documents) await writeAtomically(join(out, name), content);
  return [...documents.keys()];
}
