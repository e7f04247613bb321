import { expect, test } from 'vitest';
import { buildModel, field, float32, type ModelSpec } from '../../../test/onnx/model-builder.ts';
import { InferenceSession } from './inference-session.ts';
import { createLeanSession } from './lean-session.ts';
import { OnnxError } from './onnx-error.ts';

const dense: ModelSpec = {
  nodes: [{ op: 'MatMul', name: 'dense_1', inputs: ['x', 'w'], outputs: ['y'] }],
  initializers: { w: float32([3, 2], [1, 2, 3, 4, 5, 6]) },
  inputs: [{ name: 'x', dims: ['N', 'F'] }],
  outputs: [{ name: 'y' }],
};
const x = { type: 'float32', data: new Float32Array(4), dims: [2, 2] };

async function refusal(work: () => unknown): Promise<OnnxError> {
  const error = await Promise.resolve()
    .then(work)
    .catch((cause: unknown) => cause);
  return error instanceof OnnxError ? error : expect.fail('no OnnxError');
}

const whole = async (spec: ModelSpec): Promise<unknown> =>
  (await InferenceSession.create(buildModel(spec))).runSync({ x });
const lean = (spec: ModelSpec): unknown => createLeanSession(buildModel(spec)).runSync({ x });

test('the parts of a message are there for programs, with the shapes that came to a node', async () => {
  const error = await refusal(() => whole(dense));
  expect(error).toMatchObject({
    name: 'OnnxError',
    code: 'E_SHAPE',
    place: 'MatMul "dense_1" of float32[2,2] and float32[3,2]',
  });
  expect(error.message).toBe(`${error.place}: expected ${error.expected}`);
});

test.each([
  ['the whole entry', whole],
  ['the lean one', lean],
])('%s tells place, expected and found', async (_, run) => {
  const error = await refusal(() => run({ ...dense, nodes: [{ ...dense.nodes[0], op: 'Det' } as never] }));
  expect(error).toMatchObject({ code: 'E_OPERATOR', place: 'Det "dense_1"' });
  expect(error.expected).toMatch(/^one of .*MatMul/);
  expect(String(error.found)).toMatch(/^Det/);
  expect(error.message).toBe(`${error.place}: expected ${error.expected}, found ${error.found}`);
});

test.each([
  ['the whole entry', whole],
  ['the lean one', lean],
])('of a place inside another %s tells the inner one', async (_, run) => {
  const error = await refusal(() => run({ ...dense, initializers: { w: float32([3, 2], [1]) } }));
  expect(error).toMatchObject({ code: 'E_MODEL_FORMAT', place: 'tensor "w"', found: 1 });
  expect(error.message).toMatch(/^model: tensor "w": /);
  expect(error.cause).toBeInstanceOf(OnnxError);
});

test('what is not known is absent', async () => {
  const error = await refusal(() => createLeanSession(buildModel(dense)).runSync({}));
  expect(error).toMatchObject({ code: 'E_INPUT', expected: 'x: float32[N,F]' });
  expect(error.place).toBeUndefined();
  expect(error.found).toBeUndefined();
});

test('an error of the host becomes one of the package, whatever code it had', async () => {
  // Where a name should be there is a number, which Node's decoder refuses with a code of its own.
  const error = await refusal(() => whole({ ...dense, initializers: { w: Uint8Array.from(field(8, 5)) } }));
  expect(error).toMatchObject({ code: 'E_MODEL_FORMAT', place: 'model' });
  expect(error.cause).toHaveProperty('code', 'ERR_INVALID_ARG_TYPE');
});

test('an address tells what was asked for and what came', async () => {
  const get = async () => ({ ok: false, status: 404, arrayBuffer: async () => new ArrayBuffer(0) });
  const error = await refusal(() => InferenceSession.create('/ranker.onnx', { fetch: get }));
  expect(error).toMatchObject({ code: 'E_FETCH', place: '/ranker.onnx', expected: 'a model' });
  expect(error.message).toBe(`${error.place}: expected ${error.expected}, found ${error.found}`);
});
