export { exportProfile } from './profile/export-profile.ts';
export { importProfile } from './profile/import-profile.ts';
