export { type Assignment, type AssignmentReason, assign } from './experiment/assign.ts';
export { bucketOf } from './experiment/bucket.ts';
export { type AssignSlots, assignAll, createAssignment, isCanary } from './experiment/create-assignment.ts';
