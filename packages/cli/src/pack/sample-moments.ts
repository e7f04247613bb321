import { type ContextPatch, seasonOf } from '@inkling/core';

/** A moment that people recognize. */
export interface SampleMoment {
  readonly name: string;
  readonly context: ContextPatch;
}

function moment(
  name: string,
  hour: number,
  month: number,
  {
    weather,
    form,
    weekday = 3,
  }: {
    readonly weather: ContextPatch['weather'] & {};
    readonly form: 'phone' | 'desktop' | 'tablet';
    readonly weekday?: number;
  },
): SampleMoment {
  return {
    name,
    context: {
      time: { hour, month, weekday, season: seasonOf(month, false) },
      device: { form, pointer: form === 'desktop' ? 'fine' : 'coarse' },
      geo: { country: 'DE', source: 'edge' },
      weather,
      visit: { type: 'new' },
    },
  };
}

/** Moments on which packs and models are tried and compared: a new visitor each time, in Germany. */
export const SAMPLE_MOMENTS: readonly SampleMoment[] = [
  moment('rainy morning, phone', 8, 4, {
    weather: { condition: 'rain', temperature: 'mild', wind: 'breezy' },
    form: 'phone',
  }),
  moment('hot afternoon, desktop', 15, 7, {
    weather: { condition: 'clear', temperature: 'hot', wind: 'calm' },
    form: 'desktop',
  }),
  moment('snowy evening, phone', 20, 1, {
    weather: { condition: 'snow', temperature: 'freezing', wind: 'calm' },
    form: 'phone',
  }),
  moment('October noon, desktop', 12, 10, {
    weather: { condition: 'cloud', temperature: 'cold', wind: 'windy' },
    form: 'desktop',
  }),
  moment('stormy night, tablet', 23, 11, {
    weather: { condition: 'storm', temperature: 'cold', wind: 'windy' },
    form: 'tablet',
  }),
  moment('clear Saturday morning, phone', 9, 5, {
    weather: { condition: 'clear', temperature: 'warm', wind: 'calm' },
    form: 'phone',
    weekday: 6,
  }),
];
