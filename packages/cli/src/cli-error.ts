/** What a person can mend: a file, the place in it, what was expected and what was found. Exit code 2. */
export class CliError extends Error {
  override readonly name = 'CliError';

  /** @param place path inside the file, `line 7`, or empty for the file as a whole */
  constructor(file: string, place: string, expected: string, found: string) {
    super(`${file}${place === '' ? '' : `: ${place}`}: expected ${expected}, found ${found}`);
  }
}
