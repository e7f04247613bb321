import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds the demo shop once, before the tests that open it: in a process of its own, where packages resolve to their
 * sources as they do for `npm start`. */
export function setup(): void {
  const script = join(import.meta.dirname, '../../scripts/prepare-storefront.ts');
  execFileSync(process.execPath, ['--conditions=@inkling/source', script], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
