import type { Context, ContextPatch } from '@inkling/core';

/** Where the visitor came from: the kind of place, and the campaign if it is one of those the site named. Never an
 * address, and no other parameter of one. */
export function readReferral(campaigns: readonly string[]): ContextPatch {
  const parameters = new URLSearchParams(location.search);
  const campaign = parameters.get('utm_campaign') ?? '';
  return {
    referral: {
      channel: channelOf(parameters.get('utm_medium'), document.referrer),
      ...(campaigns.includes(campaign) && { campaign }),
    },
  };
}

function channelOf(medium: string | null, referrer: string): Context['referral']['channel'] {
  if (medium) return /^e-?mail|^newsletter/i.test(medium) ? 'email' : 'campaign';
  if (!referrer) return 'direct';
  const { host } = new URL(referrer);
  if (host === location.host) return 'internal';
  if (/(^|\.)(google|bing|duckduckgo|ecosia|qwant|yahoo|baidu|yandex)\./.test(host)) return 'search';
  return /(^|\.)(facebook|instagram|t|x|reddit|linkedin|pinterest|tiktok|youtube)\.(com|co)$/.test(host)
    ? 'social'
    : 'other';
}
