export { createPrivacyControls, type PrivacyControls } from './privacy-controls.ts';
export { InklingPrivacyElement } from './privacy-element.ts';
export type { PrivacyPage, Receipt } from './privacy-page.ts';
export type { PrivacyTexts } from './privacy-texts.ts';
export { InklingWhyElement } from './why-element.ts';
