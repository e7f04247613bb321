/** A score or contribution to three decimals, with its sign where one is asked for. */
export function formatScore(score: number, signed = false): string {
  const text = Math.abs(score).toFixed(3);
  if (score < 0 && Number(text) !== 0) return `−${text}`;
  return signed && Number(text) !== 0 ? `+${text}` : text;
}

/** A probability with two significant digits: `1`, `0.25`, `0.0031`, `2.4e-11`. */
export function formatPropensity(probability: number): string {
  return String(Number(probability.toPrecision(2)));
}

export function formatClock(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}
