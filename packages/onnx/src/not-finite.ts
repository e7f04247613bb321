import { type Message, readBytes, readFloats, readIntegers } from './protobuf-message.ts';
import { halfToFloat } from './tensor-proto.ts';

/** How many elements of a TensorProto of this type are NaN, and how many infinite. */
export function countNotFinite(tensor: Message, type: string): { nan: number; infinite: number } {
  const counts = { nan: 0, infinite: 0 };
  for (const v of floatsOf(tensor, type)) {
    if (Number.isNaN(v)) counts.nan++;
    else if (!Number.isFinite(v)) counts.infinite++;
  }
  return counts;
}

/** None for what is not of a float type, or stored outside the model. */
function floatsOf(tensor: Message, type: string): Iterable<number> {
  const [raw] = tensor(9, readBytes);
  // A copy of the raw bytes is aligned.
  if (type === 'float32') return raw ? new Float32Array(raw.slice().buffer) : tensor(4, readFloats);
  if (type === 'float64') {
    const packed = raw ? [raw] : tensor(10, readBytes);
    return packed.flatMap((bytes) => Array.from(new Float64Array(bytes.slice().buffer)));
  }
  if (!type.endsWith('float16')) return [];
  const bits = raw ? Array.from(new Uint16Array(raw.slice().buffer)) : tensor(5, readIntegers).map(Number);
  // A bfloat16 is the upper half of a float.
  return type === 'float16'
    ? bits.map(halfToFloat)
    : new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);
}
