export { type Assignment, type AssignmentReason, assign } from './experiment/assign.ts';
export { bucketOf } from './experiment/bucket.ts';
export { isCanary, openCanary } from './experiment/canary.ts';
export { type AssignSlots, assignAll, createAssignment } from './experiment/create-assignment.ts';
