import type { CompiledRules } from './compile-rules.ts';

/** How much of each rule holds for each item of an encoded list: f64[items × rules], each from -1 to 1.
 * @param features f32[items × width] of the compiled rules' encoder */
export function activations({ rules, width }: CompiledRules, features: Float32Array): Float64Array {
  const items = features.length / width;
  const out = new Float64Array(items * rules.length);
  for (let item = 0; item < items; item++) {
    const at = (column: number) => features[item * width + column] as number;
    rules.forEach(({ parts, gates }, index) => {
      const plain = parts.reduce((sum, [column, part]) => sum + part * at(column), 0);
      const joint = gates.reduce((sum, { columns, tests }) => {
        const passed = columns.reduce((count, column) => count + at(column), 0);
        return sum + Math.max(0, passed - (tests - 1));
      }, 0);
      out[item * rules.length + index] = plain + joint;
    });
  }
  return out;
}
