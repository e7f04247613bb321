export { createAdapter } from './adapt/create-adapter.ts';
export { createLearner, type Learner, type LearnerOptions } from './adapt/create-learner.ts';
export { creditOf, type Exposure } from './adapt/credit.ts';
export { type Lesson, learn } from './adapt/learn.ts';
