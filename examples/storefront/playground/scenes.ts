/** A moment as the controls hold it: signal paths and values as text, e.g. `{ 'weather.condition': 'rain' }`. */
export type Moment = Readonly<Record<string, string>>;

export interface Scene {
  readonly name: string;
  readonly moment: Moment;
}

export const SCENES: Readonly<Record<string, Scene>> = {
  rain: {
    name: 'Rainy Monday morning',
    moment: {
      'time.hour': '8',
      'time.weekday': '1',
      'time.season': 'autumn',
      'weather.condition': 'rain',
      'weather.temperature': 'mild',
    },
  },
  heat: {
    name: 'Hot afternoon',
    moment: {
      'time.hour': '15',
      'time.weekday': '6',
      'time.season': 'summer',
      'weather.condition': 'clear',
      'weather.temperature': 'hot',
    },
  },
  snow: {
    name: 'First snow',
    moment: {
      'time.hour': '10',
      'time.weekday': '7',
      'time.season': 'winter',
      'weather.condition': 'snow',
      'weather.temperature': 'freezing',
    },
  },
  evening: {
    name: 'Late evening',
    moment: {
      'time.hour': '21',
      'time.weekday': '4',
      'time.season': 'autumn',
      'weather.condition': 'cloud',
      'weather.temperature': 'cold',
    },
  },
};
