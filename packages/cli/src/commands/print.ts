/** Results, for people and pipes. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Progress and notes, for people. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
