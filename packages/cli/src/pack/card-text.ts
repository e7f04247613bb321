import { z } from 'zod';

/** What a person says of a model, in plain words; the rest of its card is measured. */
export interface CardText {
  /** What it is. */
  readonly summary: string;
  /** What it was made from. */
  readonly data: string;
  readonly intendedUse?: string;
  /** What it should not be used for, and what is not known of it. */
  readonly limits?: string;
}

const words = z.string().min(1);

export const cardTextSchema: z.ZodType<CardText> = z.strictObject({
  summary: words,
  data: words,
  intendedUse: words.exactOptional(),
  limits: words.exactOptional(),
});
