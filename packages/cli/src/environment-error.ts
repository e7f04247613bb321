/** What the machine refuses: a full disk, no permission, no memory. Not the input's fault. Exit code 1. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/** Whether an error came from the machine: one of ours, or one of Node's own for a system call. */
export function isEnvironmentError(error: unknown): error is Error {
  return error instanceof EnvironmentError || (error instanceof Error && 'syscall' in error);
}
