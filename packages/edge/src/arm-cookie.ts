import type { Arm } from '@inkling/core';

/** The arm of a visitor who has granted `measurement`: one bit, which tells no visitor from the others of their arm. */
const NAME = 'inkling_arm';
/** As long as a choice is valid; from its first day, not from the latest. */
const MAX_AGE_SECONDS = 180 * 86_400;

/** The arm that the visitor's browser keeps; undefined where it keeps none. */
export function readArm({ headers }: Request): Arm | undefined {
  const [, arm] =
    /(?:^|;)\s*inkling_arm=(personalized|holdout)\s*(?:;|$)/.exec(headers.get('cookie') ?? '') ?? [];
  return arm as Arm | undefined;
}

/** The `Set-Cookie` that keeps an arm. Scripts may take it away: the moment the grant is withdrawn, not a page later.
 * @param arm undefined takes it away */
export function armCookie({ url }: Request, arm: Arm | undefined): string {
  const secure = url.startsWith('https:') ? '; Secure' : '';
  return `${NAME}=${arm ?? ''}; Path=/; Max-Age=${arm ? MAX_AGE_SECONDS : 0}; SameSite=Lax${secure}`;
}
