import type { z } from 'zod';
import { CliError } from './cli-error.ts';
import { readInput } from './read-input.ts';

/** Reads a JSON file and checks it. @throws CliError naming the file and the place in it */
export async function readJson<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  const text = (await readInput(file)).toString();
  if (text.trim() === '') throw new CliError(file, '', 'JSON', 'an empty file');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new CliError(file, '', 'JSON', cause instanceof Error ? cause.message : String(cause));
  }
  return checkValue(file, value, schema);
}

/** The value as the schema has it. @param file for the message @throws CliError naming the place in it */
export function checkValue<T>(file: string, value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (!issue) throw new CliError(file, '', 'a valid value', 'an invalid one');
  throw new CliError(file, placeOf(issue.path), expectedBy(issue), shown(inputOf(issue)));
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) =>
      typeof key === 'number' ? `${place}[${key}]` : place === '' ? String(key) : `${place}.${String(key)}`,
    '',
  );
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `no property ${issue.keys.join(', ')}`;
  return issue.message
    .replace(/^Invalid (\w+: expected|discriminator value. Expected) /, '')
    .replace(/^expected /, '')
    .replace(/, received .*$/, '');
}

/** Of a union that is told by a property, the property alone: the rest says nothing. */
function inputOf({ code, input, ...issue }: z.core.$ZodIssue): unknown {
  if (code !== 'invalid_union' || !('discriminator' in issue)) return input;
  return (input as Readonly<Record<string, unknown>>)[String(issue.discriminator)];
}

function shown(input: unknown): string {
  if (input === undefined) return 'nothing';
  const text = JSON.stringify(input);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
