import { InferenceSession } from '@inkling/onnx';
import { createLeanSession } from '@inkling/onnx/lean';
import { expect, test } from 'vitest';
import { buildModel } from '../model-builder.ts';
import { randomPerceptron } from './random-perceptron.ts';

/** INKLING_DEEP=1 compares 10,000 graphs. */
const GRAPHS = process.env.INKLING_DEEP ? 10_000 : 500;
const FIRST = Number(process.env.INKLING_SEED ?? 1);

/** The bits of outputs, every NaN as one. */
function bitsOf(outputs: Awaited<ReturnType<InferenceSession['run']>>): readonly number[][] {
  return Object.values(outputs).map(({ data }) => {
    const cells = (data as Float32Array).map((x) => (Number.isNaN(x) ? Number.NaN : x));
    return [...new Uint32Array(cells.buffer)];
  });
}

test(`WebAssembly and JavaScript give the same bits for graphs ${FIRST} to ${FIRST + GRAPHS - 1}`, async () => {
  for (let seed = FIRST; seed < FIRST + GRAPHS; seed++) {
    const { spec, feeds } = randomPerceptron(seed);
    const bytes = buildModel(spec);
    const [wasm, js] = await Promise.all(
      (['wasm', 'js'] as const).map((backend) => InferenceSession.create(bytes, { backend })),
    );
    expect([wasm?.backend, js?.backend]).toEqual(['wasm', 'js']);
    const first = bitsOf((wasm as InferenceSession).runSync(feeds));
    const message = `seed ${seed} (INKLING_SEED=${seed})`;
    expect(first, message).toEqual(bitsOf((js as InferenceSession).runSync(feeds)));
    // A warm run, and one after other shapes, are what the first was.
    const other = Object.fromEntries(
      Object.entries(feeds).map(([name, { type, dims }]) => {
        const size = 6 * (dims[1] as number);
        return [name, { type, data: new Float32Array(size), dims: [6, dims[1] as number] }];
      }),
    );
    for (const session of [wasm, js] as InferenceSession[]) {
      expect(bitsOf(session.runSync(feeds)), message).toEqual(first);
      session.runSync(other);
      expect(bitsOf(session.runSync(feeds)), message).toEqual(first);
    }
  }
}, 300_000);

test('what is fused and reused gives the bits of one node after the other', async () => {
  let compared = 0;
  for (let seed = FIRST; seed < FIRST + GRAPHS / 5; seed++) {
    const { spec, feeds } = randomPerceptron(seed);
    // Folding this one into the weights is meant to round differently.
    if (spec.nodes.some(({ op }) => op === 'BatchNormalization')) continue;
    const names = spec.nodes.flatMap(({ outputs }) => outputs);
    const [plain, shown] = await Promise.all(
      [spec, { ...spec, outputs: names.map((name) => ({ name })) }].map((each) =>
        InferenceSession.create(buildModel(each)),
      ),
    );
    const { score, shifted } = (shown as InferenceSession).runSync(feeds);
    if (!score || !shifted) expect.fail('no outputs');
    expect(bitsOf((plain as InferenceSession).runSync(feeds)), `seed ${seed}`).toEqual(
      bitsOf({ score, shifted }),
    );
    compared++;
  }
  expect(compared).toBeGreaterThan(GRAPHS / 20);
});

test.each(['wasm', 'js'] as const)('the lean entry gives the same bits with %s', async (backend) => {
  let compared = 0;
  for (let seed = FIRST; seed < FIRST + GRAPHS; seed++) {
    const { spec, feeds } = randomPerceptron(seed);
    const bytes = buildModel(spec);
    let lean: InferenceSession;
    try {
      lean = createLeanSession(bytes, { backend });
    } catch (error) {
      expect(error).toMatchObject({ code: 'E_OPERATOR' });
      continue;
    }
    const expected = bitsOf((await InferenceSession.create(bytes)).runSync(feeds));
    for (let run = 0; run < 2; run++) expect(bitsOf(lean.runSync(feeds)), `seed ${seed}`).toEqual(expected);
    compared++;
  }
  expect(compared).toBeGreaterThan(GRAPHS / 20);
});
