import { createFeeds } from '../../onnx/exporters/create-feeds.ts';
import type { FeedSpec } from '../../onnx/exporters/exported-model.ts';
import { type SideModule, type SideSession, scores, sideOf } from './page/side.ts';

/** What a request asks for, in its header `x-task`; its body is the model. */
export interface WorkerTask {
  readonly model: string;
  readonly feeds: readonly FeedSpec[];
  readonly backend?: string;
  /** How often to create a session and run it once. */
  readonly creates: number;
  /** How often to run a session that was kept. */
  readonly runs: number;
  readonly sync: boolean;
}

export interface WorkerAnswer {
  readonly backend: string;
  readonly scores: readonly number[];
}

/** A Worker that does as asked. It does not time itself: the clock of a Worker stands still while it computes. */
export function createBenchWorker(module: SideModule): { fetch(request: Request): Promise<Response> } {
  const side = sideOf(module);
  const kept = new Map<string, SideSession>();
  return {
    async fetch(request) {
      const task: WorkerTask = JSON.parse(request.headers.get('x-task') ?? '');
      const model = new Uint8Array(await request.arrayBuffer());
      const feeds = side.feeds(createFeeds(task.feeds));
      const options = task.backend ? { backend: task.backend } : undefined;
      const key = `${task.model} ${task.backend}`;
      const session = kept.get(key) ?? (await side.create(model, options));
      kept.set(key, session);
      for (let i = 0; i < task.creates; i++) {
        await (await side.create(model, options)).run(feeds);
      }
      for (let i = 0; i < task.runs; i++) {
        if (task.sync) session.runSync?.(feeds);
        else await session.run(feeds);
      }
      const answer: WorkerAnswer = {
        backend: session.backend ?? '',
        scores: await scores(session, feeds),
      };
      return Response.json(answer);
    },
  };
}
