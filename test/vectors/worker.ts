import { runVectors, type Vectors } from './run-vectors.ts';

/** Answers vectors with what came of them. */
export async function answer(request: Request): Promise<Response> {
  return Response.json(await runVectors((await request.json()) as Vectors));
}
