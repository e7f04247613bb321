export { kidOf, type SignedBytes, type Subtle, verifySignature } from './pack/verify-signature.ts';
