import { DOCUMENT_FAULTS } from './document-faults.ts';
import type { Fault } from './fault.ts';
import { HOST_FAULTS } from './host-faults.ts';
import { NETWORK_FAULTS } from './network-faults.ts';
import { PACK_FAULTS } from './pack-faults.ts';
import { POLICY_FAULTS } from './policy-faults.ts';
import { SCRIPT_FAULTS } from './script-faults.ts';
import { SIZE_FAULTS } from './size-faults.ts';
import { STORAGE_FAULTS } from './storage-faults.ts';

/** Everything that goes wrong, for the tests and for `npm run bench -- faults`. */
export const FAULTS: readonly Fault[] = [
  ...NETWORK_FAULTS,
  ...PACK_FAULTS,
  ...STORAGE_FAULTS,
  ...HOST_FAULTS,
  ...POLICY_FAULTS,
  ...SIZE_FAULTS,
  ...DOCUMENT_FAULTS,
  ...SCRIPT_FAULTS,
];
