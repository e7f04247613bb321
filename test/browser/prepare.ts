import { prepareStorefront } from '../../scripts/prepare-storefront.ts';

/** Builds the demo shop once, before the tests that open it. */
export async function setup(): Promise<void> {
  await prepareStorefront(() => {});
}
