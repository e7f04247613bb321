import { type DecideRequest, type Decision, decide, recordOf, replay, summaryOf } from '@inkling/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encoder, request } from './arbitrary-decision.ts';
import { propertyRuns } from './property-runs.ts';

const throughJson = (decision: Decision) => JSON.parse(JSON.stringify(recordOf(decision)));

test('a record replays to the same slate, even from JSON, and its scores do not drift', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const decision = decide(asked);
      const again = replay(throughJson(decision), { encoder, ...(asked.scorer && { scorer: asked.scorer }) });
      expect(again.slateDrift).toEqual([]);
      expect(again.scoreDrift).toBe(0);
      expect(again.decision.slate).toEqual(decision.slate);
      expect(again.decision.chosen).toEqual(decision.chosen);
    }),
    propertyRuns(),
  );
});

test('scores that drift are told apart from a slate that drifts', () => {
  fc.assert(
    fc.property(request, fc.constantFrom(0.25, 2), (asked, off) => {
      const decision = decide(asked);
      const elsewhere: DecideRequest['scorer'] = (features, rows) =>
        Float32Array.from(asked.scorer?.(features, rows) ?? [], (score, row) =>
          row === 0 ? score + off : score,
        );
      const again = replay(recordOf(decision), { encoder, scorer: elsewhere });
      expect(again.scoreDrift).toBeCloseTo(off, 5);
      expect(again.slateDrift).toEqual([]);

      const record = recordOf(decision);
      const [first, ...rest] = record.chosen;
      if (!first) return;
      const altered = { ...record, chosen: [{ ...first, propensity: first.propensity / 2 }, ...rest] };
      expect(replay(altered, { encoder }).slateDrift).toEqual([0]);
      expect(replay(altered, { encoder }).scoreDrift).toBeUndefined();
    }),
    propertyRuns(),
  );
});

test('a decision without scores replays too; a scorer that fails now has drifted without bound', () => {
  fc.assert(
    fc.property(request, (asked) => {
      const failed = decide({ ...asked, scorer: undefined });
      expect(replay(throughJson(failed), { encoder }).slateDrift).toEqual([]);
      const broken = () => [Number.NaN];
      expect(replay(recordOf(decide(asked)), { encoder, scorer: broken }).scoreDrift).toBe(Infinity);
    }),
    propertyRuns(0.25),
  );
});

test('a summary stays within 512 bytes of UTF-8, whatever the ids', () => {
  const text = (maxLength: number) => fc.string({ unit: 'binary', maxLength });
  fc.assert(
    fc.property(text(700), fc.array(text(60), { maxLength: 60 }), (slot, ids) => {
      const slate = {
        decisionId: '0123456789abcdef',
        slot,
        source: 'ranker',
        items: ids.map((id) => ({ id })),
      };
      const summary = summaryOf({ slate, request: { now: Number.MAX_SAFE_INTEGER } } as unknown as Decision);
      expect(new TextEncoder().encode(JSON.stringify(summary)).length).toBeLessThanOrEqual(512);
      expect(summary.items).toEqual(ids.slice(0, summary.items.length));
    }),
    propertyRuns(),
  );
});
