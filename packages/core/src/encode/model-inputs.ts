import type { Encoder } from './create-encoder.ts';

/** A tensor in the shape of onnxruntime's API. */
export interface ModelInput {
  readonly type: 'float32' | 'int64';
  readonly data: Float32Array | BigInt64Array;
  readonly dims: readonly number[];
}

/** What a model is run on: `features` f32[rows × F], and for each embedding int64[rows × length] under its own name; its
 * ids are not among the features.
 * @param features f32[rows × encoder.width] */
export function modelInputs(
  { spec, featureOf, width }: Encoder,
  features: Float32Array,
  rows: number,
): Readonly<Record<string, ModelInput>> {
  const columnsOf = new Map<string, number[]>([['features', []]]);
  featureOf.forEach((index, column) => {
    const feature = spec.features[index];
    const input = feature?.kind === 'embedding' ? feature.input : 'features';
    const columns = columnsOf.get(input) ?? [];
    columnsOf.set(input, columns);
    columns.push(column);
  });
  const inputs = [...columnsOf].map(([input, columns]): [string, ModelInput] => {
    // Without an embedding the rows are what they should be.
    const values =
      columns.length === width
        ? features.subarray(0, rows * width)
        : Float32Array.from({ length: rows * columns.length }, (_, i) => {
            const row = Math.floor(i / columns.length);
            return features[row * width + (columns[i % columns.length] as number)] as number;
          });
    const dims = [rows, columns.length];
    return [
      input,
      input === 'features'
        ? { type: 'float32', data: values, dims }
        : { type: 'int64', data: BigInt64Array.from(values, (id) => BigInt(id)), dims },
    ];
  });
  return Object.fromEntries(inputs);
}
