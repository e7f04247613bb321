import { runVectors } from './run-vectors.ts';

// One page for all engines: the vectors come from the server, the report is where the engines look for it.
const task = async () => runVectors(await (await fetch('/vectors.json')).json());
Object.assign(window, { result: task().catch((error) => String(error?.stack ?? error)) });
