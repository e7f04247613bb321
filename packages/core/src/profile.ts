export { type DecodedProfile, decodeProfile } from './profile/decode-profile.ts';
export { encodeProfile } from './profile/encode-profile.ts';
export { enterPage, type PageSeen } from './profile/enter-page.ts';
export { exposeSlate } from './profile/expose-slate.ts';
export { forgetSensitive } from './profile/forget-sensitive.ts';
export { emptyProfile } from './profile/profile.ts';
export { createReducer, type ProfileReducer, type ReducerOptions } from './profile/reduce-profile.ts';
export { beginPage } from './profile/visit.ts';
export { remember } from './record/remember.ts';
