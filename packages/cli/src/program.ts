import { Command, CommanderError } from 'commander';
import color from 'picocolors';
import { CliError } from './cli-error.ts';
import { auditCommand } from './commands/audit.ts';
import { counterfactualCommand } from './commands/counterfactual.ts';
import { diffCommand } from './commands/diff.ts';
import { documentsCommand } from './commands/documents.ts';
import { driftCommand } from './commands/drift.ts';
import { evaluateCommand } from './commands/evaluate.ts';
import { featuresCommand } from './commands/features.ts';
import { importCommand } from './commands/import.ts';
import { initCommand } from './commands/init.ts';
import { keysCommand } from './commands/keys.ts';
import { neighboursCommand } from './commands/neighbours.ts';
import { packCommand } from './commands/pack.ts';
import { say } from './commands/print.ts';
import { reportCommand } from './commands/report.ts';
import { skewCommand } from './commands/skew.ts';
import { trainCommand } from './commands/train.ts';
import { verifyCommand } from './commands/verify.ts';
import { isEnvironmentError } from './environment-error.ts';

/** Runs the command line. @returns the exit code: 2 for bad input, 1 where the machine refuses, or what the command
 * says. What nobody foresaw is thrown. @param args without the program's own name */
export async function runProgram(args: readonly string[]): Promise<number> {
  const program = new Command('inkling')
    .description('Trains, evaluates and packs a ranker that personalizes a page on the device.')
    .showHelpAfterError('inkling --help lists the commands')
    .exitOverride();

  for (const command of [
    initCommand(),
    importCommand(),
    featuresCommand(),
    trainCommand(),
    evaluateCommand(),
    counterfactualCommand(),
    reportCommand(),
    driftCommand(),
    skewCommand(),
    neighboursCommand(),
    packCommand(),
    keysCommand(),
    verifyCommand(),
    diffCommand(),
    auditCommand(),
    documentsCommand(),
  ]) {
    program.addCommand(
      command
        .copyInheritedSettings(program)
        .showHelpAfterError(`inkling ${command.name()} --help says what it takes`),
    );
  }
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const isInput = error instanceof CliError;
    if (!isInput && !isEnvironmentError(error)) throw error;
    say(`${color.red('error')} ${error.message}`);
    return isInput ? 2 : 1;
  }
}
