import { watchPage } from '../../packages/cli/src/audit/watch-page.ts';
import { WATCHED } from '../../packages/cli/src/audit/watched-apis.ts';

// The first script of a page in a frame: whoever holds the frame hears of everything.
window.inklingAudit = (observation) => window.parent.inklingAudit?.(observation);
watchPage(WATCHED);
