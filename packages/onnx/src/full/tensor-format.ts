import { fail } from '../onnx-error.ts';
import { type Content, readBytes, readIntegers, readMessage, readText } from '../protobuf-message.ts';
import { decodeTensor, type NamedValue, type TensorFormat } from '../tensor-proto.ts';
import { ARRAYS, type Cells, checkedSizeOf, convertCells, createCells, type TensorType } from '../value.ts';

/** What to do about the one that is common. */
export const NO_ZIPMAP = 'ZipMap: convert with options={"zipmap": False}';

/** By TensorProto.DataType, from 1 on. */
const TYPES =
  'float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64 complex64 complex128 bfloat16';

/** TensorProto.DataType by its number. A bfloat16 is a float32 here, which holds all of them. */
export function dataTypeOf(code: number): TensorType {
  const type = TYPES.split(' ')[code - 1] as TensorType; // or one of the others, for which there is no array
  // A sequence or map is no tensor at all.
  if (!code) fail('E_OPERATOR', `tensors, no ${NO_ZIPMAP}`);
  return ARRAYS[type] ? type : fail('E_MODEL_FORMAT', `a tensor of ${Object.keys(ARRAYS)}`, `type ${code}`);
}

/** Every type that has an array, and half floats, of either kind, as float32. */
export const fullFormat: TensorFormat = {
  typeOf: dataTypeOf,
  decodeTensor(content: Content): NamedValue {
    const proto = readMessage(content);
    const [code = 0] = proto(2, Number);
    // Those the MLP tier has, floats, 32 and 64-bit integers, bools and half floats, and those with external data.
    if ([1, 6, 7, 9, 10].includes(code) || proto(14, Number)[0]) return decodeTensor(content);
    const type = code === 16 ? 'float32' : dataTypeOf(code);
    const name = proto(8, readText).join('');
    const dims = proto(1, readIntegers).map(Number);
    const [raw] = proto(9, readBytes);
    const stored = [
      ...proto(5, readIntegers),
      ...proto(11, readIntegers),
      ...proto(10, (doubles) => Array.from(new Float64Array(readBytes(doubles).slice().buffer))),
    ];
    let data: Cells;
    if (code === 16) {
      // The upper half of a float.
      const halves = raw ? new Uint16Array(raw.slice().buffer) : Uint16Array.from(stored, Number);
      data = createCells(type, Uint32Array.from(halves, (bits) => bits << 16).buffer);
    } else if (type === 'string') {
      data = proto(6, readText) as unknown as Cells; // Cells are also text; see there
    } else {
      data = raw
        ? createCells(type, raw.slice().buffer)
        : convertCells(type, stored, createCells(type, stored.length));
    }
    return data.length === checkedSizeOf(dims)
      ? { name, type, data, dims }
      : fail('E_MODEL_FORMAT', `tensor "${name}" with elements for [${dims}]`, data.length);
  },
};
