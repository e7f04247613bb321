import { find } from './create-element.ts';
import { type Moment, SCENES } from './scenes.ts';

export interface Controls {
  readonly moment: Moment;
  set(moment: Moment): void;
}

/** Binds the control panel; `onChange` is called on every change by hand. */
export function createControls(onChange: (moment: Moment) => void): Controls {
  const form = find<HTMLFormElement>('[data-controls]');
  const hour = find<HTMLInputElement>('[data-path="time.hour"]');
  const hourUnknown = find<HTMLInputElement>('[data-unknown="time.hour"]');
  const hourText = find('[data-hour]');
  const selects = [...form.querySelectorAll<HTMLSelectElement>('select[data-path]')];
  const scenes = [...form.querySelectorAll<HTMLButtonElement>('[data-scene]')];
  let moment: Moment = {};

  function set(next: Moment): void {
    moment = next;
    const hourValue = next['time.hour'];
    hourUnknown.checked = hourValue === 'unknown';
    if (hourValue !== undefined && hourValue !== 'unknown') hour.value = hourValue;
    hour.classList.toggle('idle', hourValue === undefined || hourValue === 'unknown');
    const text = hourWords(hourValue);
    hourText.textContent = text;
    hour.setAttribute('aria-valuetext', text);
    for (const select of selects) select.value = next[select.dataset.path ?? ''] ?? '';
    for (const button of scenes) {
      button.setAttribute('aria-pressed', String(isSame(SCENES[button.dataset.scene ?? '']?.moment, next)));
    }
  }

  function change(path: string, value: string | undefined): void {
    const { [path]: _, ...others } = moment;
    set(value === undefined || value === '' ? others : { ...others, [path]: value });
    onChange(moment);
  }

  hour.addEventListener('input', () => change('time.hour', hour.value));
  hourUnknown.addEventListener('change', () =>
    change('time.hour', hourUnknown.checked ? 'unknown' : undefined),
  );
  for (const select of selects) {
    select.addEventListener('change', () => change(select.dataset.path ?? '', select.value));
  }
  for (const button of scenes) {
    button.addEventListener('click', () => {
      set(SCENES[button.dataset.scene ?? '']?.moment ?? {});
      onChange(moment);
    });
  }
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    set({});
    onChange(moment);
  });
  form.addEventListener('submit', (event) => event.preventDefault());

  return {
    get moment() {
      return moment;
    },
    set,
  };
}

function hourWords(value: string | undefined): string {
  if (value === undefined) return 'as it is';
  return value === 'unknown' ? 'unknown' : `${value.padStart(2, '0')}:00`;
}

function isSame(a: Moment | undefined, b: Moment): boolean {
  if (a === undefined) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
