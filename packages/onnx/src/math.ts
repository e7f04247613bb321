// Functions that the language leaves to each engine, defined here by additions, multiplications and divisions of
// doubles in a fixed order, so that every engine and a WebAssembly twin give the same bits. Within their callers the
// result is rounded to a float once; they are more exact than that rounding over the whole range of floats.

/** e^x. x/2¹⁴ is small enough for five terms of the series; fourteen squarings bring it back. */
export function exp(x: number): number {
  // Beyond ±104 the result as a float is zero or infinite.
  const r = Math.max(-104, Math.min(104, x)) / 16_384;
  let power = 1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r / 24)));
  // Seven times two, and not fourteen times one, because a first run is interpreted.
  for (let i = 0; i < 7; i++) {
    power *= power;
    power *= power;
  }
  return power;
}

export function sigmoid(x: number): number {
  return 1 / (1 + exp(-x));
}

export function tanh(x: number): number {
  // Near zero the general form would lose the small difference; there tanh x = x to nine digits.
  return Math.abs(x) < 1e-4 ? x : 1 - 2 / (1 + exp(2 * x));
}

/** The error function, as the tanh of an odd polynomial fitted to atanh(erf x) on [0, 4]; relative error 1e-7. From 4
 * on the result as a float is 1. */
export function erf(x: number): number {
  const c = Math.max(-4, Math.min(4, x));
  const t = c * c;
  return tanh(
    c *
      (1.12837927 +
        t *
          (0.102769056 +
            t *
              (-0.00019183225 +
                t * (-0.000619783481 + t * (8.76369113e-5 + t * (-5.66841115e-6 + t * 1.4184869e-7)))))),
  );
}
