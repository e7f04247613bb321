import { expect, test } from 'vitest';
import { buildModel, float32 } from '../onnx/model-builder.ts';
import { parseTree } from './message-tree.ts';
import { shrink } from './shrink.ts';

const chain = ['Relu', 'Tanh', 'Sigmoid', 'Relu'].map((op, i) => ({
  op,
  inputs: [`y${i}`],
  outputs: [`y${i + 1}`],
}));
const model = buildModel({
  nodes: [{ op: 'MatMul', inputs: ['x', 'w'], outputs: ['y0'] }, ...chain],
  initializers: { w: float32([3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]) },
  inputs: [{ name: 'x', dims: ['N', 3] }],
  outputs: [{ name: 'y4' }],
});

test('a model shrinks to the node that fails, between an input and an output', async () => {
  const fails = async (bytes: Uint8Array): Promise<boolean> => {
    const graph = parseTree(bytes).find(({ field }) => field === 7)?.children ?? [];
    const texts = (of: number): string[] =>
      graph
        .filter(({ field }) => field === 1)
        .flatMap(({ children = [] }) => children.filter(({ field }) => field === of))
        .map((node) => new TextDecoder().decode(node.bytes));
    return texts(4).includes('Tanh') && texts(1).includes('x') && graph.some(({ field }) => field === 12);
  };
  const least = await shrink(model, fails, () => false);
  expect(await fails(least)).toBe(true);
  // The graph, a node of one name and one operator, and an output without one.
  expect(least.length).toBeLessThan(20);
});

test('bytes that are no model shrink too, and not when the time is over', async () => {
  const noise = Uint8Array.from({ length: 100 }, (_, i) => (i === 60 ? 7 : 255));
  const fails = async (bytes: Uint8Array): Promise<boolean> => bytes.includes(7);
  expect(await shrink(noise, fails, () => false)).toEqual(Uint8Array.of(7));
  expect(await shrink(noise, fails, () => true)).toEqual(noise);
});
