import { find } from './create-element.ts';

const WIDTHS: Readonly<Record<string, number>> = { phone: 390, desktop: 1280 };

/** Gives the framed page the width of a device, scaled down where the room is smaller. */
export function bindFrameWidth(frame: HTMLIFrameElement): void {
  const viewport = find('[data-viewport]');
  const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-width]')];
  let device = viewport.clientWidth < 600 ? 'phone' : 'desktop';

  const fit = (): void => {
    const wanted = WIDTHS[device] ?? viewport.clientWidth;
    const scale = Math.min(1, viewport.clientWidth / wanted);
    // The object model, not a style attribute: the page's policy allows no inline styles.
    frame.style.width = `${wanted}px`;
    frame.style.height = `${viewport.clientHeight / scale}px`;
    frame.style.marginLeft = `${(viewport.clientWidth - wanted * scale) / 2}px`;
    frame.style.transform = `scale(${scale})`;
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(button.dataset.width === device));
  };
  for (const button of buttons) {
    button.addEventListener('click', () => {
      device = button.dataset.width ?? device;
      fit();
    });
  }
  new ResizeObserver(fit).observe(viewport);
  fit();
}
