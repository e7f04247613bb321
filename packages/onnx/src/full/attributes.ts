import { fail } from '../onnx-error.ts';
import type { OperatorNode } from '../operator.ts';
import type { Value } from '../value.ts';

/** A list of numbers: an attribute, or a tensor in one whose name may end in `_as_tensor`. Empty where there is none. */
export function numbersOf({ attributes }: OperatorNode, name: string): number[] {
  const given = attributes.get(name) ?? attributes.get(`${name}_as_tensor`) ?? [];
  const cells = typeof given === 'object' && 'data' in given ? Array.from((given as Value).data) : given;
  const list = typeof cells === 'object' ? (cells as number[]).map(Number) : [];
  return list.some((v) => Number.isNaN(v) && typeof cells[0 as never] === 'string')
    ? fail('E_MODEL_FORMAT', `numbers as ${name}`)
    : list;
}

/** A list of texts. Empty where there is none. */
export function textsOf({ attributes }: OperatorNode, name: string): readonly string[] {
  const given = attributes.get(name) ?? [];
  return Array.isArray(given) ? given.map(String) : fail('E_MODEL_FORMAT', `texts as ${name}`);
}

/** One of a few texts, or its place among them. */
export function choiceOf(
  { attributes }: OperatorNode,
  name: string,
  choices: readonly string[],
  fallback = 0,
): string {
  const given = attributes.get(name) ?? choices[fallback];
  return (
    choices.find((choice, i) => choice === given || i === given) ??
    fail('E_OPERATOR', `${name} one of ${choices}`, given)
  );
}
