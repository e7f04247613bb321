export { smallestChange, whatIf, whyNot } from '@inkling/core/explain';
