import { fail, within } from './onnx-error.ts';
import {
  type Content,
  readBytes,
  readFloats,
  readIntegers,
  readMessage,
  readText,
} from './protobuf-message.ts';
import { checkedSizeOf, convertCells, createCells, type TensorType, typeOf, type Value } from './value.ts';

export interface NamedValue extends Value {
  readonly name: string;
}

/** How a tier reads tensors. */
export interface TensorFormat {
  /** TensorProto.DataType by its number. */
  typeOf(code: number): TensorType;
  decodeTensor(content: Content): NamedValue;
}

/** Decodes a TensorProto. Half floats become float32. */
export function decodeTensor(content: Content): NamedValue {
  const proto = readMessage(content);
  const name = proto(8, readText).join('');
  return within(
    () => `tensor "${name}"`,
    () => {
      if (proto(14, Number)[0]) fail('E_MODEL_FORMAT', 'data inside the model', 'external data');
      const [code = 0] = proto(2, Number);
      const isHalf = code === 10;
      const type = isHalf ? 'float32' : typeOf(code);
      const dims = proto(1, readIntegers).map(Number);
      const [raw] = proto(9, readBytes);
      // A copy of the raw bytes is aligned.
      const stored = isHalf
        ? Array.from(raw ? new Uint16Array(raw.slice().buffer) : proto(5, readIntegers), halfToFloat)
        : type === 'float32'
          ? proto(4, readFloats)
          : [...proto(5, readIntegers), ...proto(7, readIntegers)];
      const data =
        raw && !isHalf
          ? createCells(type, raw.slice().buffer)
          : convertCells(type, stored, createCells(type, stored.length));
      if (data.length !== checkedSizeOf(dims)) fail('E_MODEL_FORMAT', `elements for [${dims}]`, data.length);
      return { name, type, data, dims };
    },
  );
}

/** What the bits of an IEEE half float stand for. */
export function halfToFloat(half: number | bigint): number {
  const bits = Number(half);
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  let size = fraction / 16_777_216;
  if (exponent) size = ((1024 + fraction) * (1 << exponent)) / 33_554_432;
  if (exponent > 30) size = fraction ? Number.NaN : 1 / 0;
  return bits & 32_768 ? -size : size;
}
