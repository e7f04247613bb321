/** Probabilities are integers that sum to this, so that they are exact. */
export const WHOLE = 0x1000000;
