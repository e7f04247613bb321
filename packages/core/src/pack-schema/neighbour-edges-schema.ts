import { z } from 'zod';
import type { NeighbourEdges } from '../candidates/encode-neighbours.ts';
import { text } from './parts.ts';

const edges = z.array(z.tuple([text, text, z.number().positive()])).exactOptional();

/** Which items go together: pairs of ids with a weight, a list for each table. */
export const neighbourEdgesSchema: z.ZodType<NeighbourEdges['edges']> = z.strictObject({
  bought: edges,
  viewed: edges,
});
