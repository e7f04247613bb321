import type { Decision } from '../decision/decide.ts';
import { isSensitive } from '../item.ts';
import type { EventType, InklingEvent } from '../profile/event.ts';
import type { Profile } from '../profile/profile.ts';
import type { Slate } from '../slate/slate.ts';
import type { AdaptSpec, ModelOutput } from './adapt-spec.ts';
import type { Adapter } from './adapter.ts';
import { createAdapter } from './create-adapter.ts';
import { creditOf } from './credit.ts';
import { learn } from './learn.ts';
import type { Posterior } from './posterior.ts';

export interface LearnerOptions {
  readonly spec: AdaptSpec;
  /** What the ranker's score means. */
  readonly output: ModelOutput;
  /** Nothing is learnt of items with one of these tags. @default none */
  readonly sensitive?: ReadonlySet<string>;
}

/** Learns on the device from what one page shows. It keeps the page's last slates, so that one that was passed over and
 * is chosen from later counts as chosen from; what it learns is in the profile. */
export interface Learner extends Adapter {
  /** The profile after a decision's slate was seen. The first time counts. A paused profile stays as it is, here and
   * after an event. */
  see(profile: Profile, decision: Decision | undefined, at: number): Profile;
  /** The profile after an event: where it rewards a slate that was seen, with what there is to learn from it. */
  learn(profile: Profile, event: InklingEvent): Profile;
}

interface Seen {
  readonly decision: Decision;
  readonly slate: Slate;
  readonly at: number;
  readonly credited: Set<EventType>;
  readonly events: InklingEvent[];
}

const MAX_SEEN = 20;

export function createLearner({ spec, output, sensitive = new Set() }: LearnerOptions): Learner {
  let seen: readonly Seen[] = [];
  /** What the device believed before those. */
  let before: Posterior = {};
  let written: Posterior | undefined;

  const teach = (posterior: Posterior, { decision, events }: Seen) =>
    learn(posterior, { decision, events, sensitive });
  function believe(profile: Profile): Profile {
    written = seen.reduce(teach, before);
    return { ...profile, posterior: written };
  }

  return {
    ...createAdapter(spec, output),
    see(profile, decision, at) {
      if (profile.paused || !decision || seen.some((other) => other.decision === decision)) return profile;
      // Somebody else has written, or reset, what was learnt: it begins from there.
      if (profile.posterior !== written) [before, seen] = [profile.posterior, []];
      seen = [...seen, { decision, slate: decision.slate, at, credited: new Set(), events: [] }];
      const [oldest] = seen;
      if (seen.length > MAX_SEEN && oldest) [before, seen] = [teach(before, oldest), seen.slice(1)];
      return believe(profile);
    },
    learn(profile, event) {
      const credited = profile.posterior === written ? creditOf(event, seen) : undefined;
      const item = credited?.decision.request.candidates.find(({ item }) => item.id === event.item)?.item;
      if (!credited || profile.paused || isSensitive(item, sensitive)) return profile;
      credited.credited.add(event.type);
      credited.events.push(event);
      return believe(profile);
    },
  };
}
