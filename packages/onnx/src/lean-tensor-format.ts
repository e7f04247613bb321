import { fail, within } from './onnx-error.ts';
import { readBytes, readFloats, readIntegers, readMessage, readText } from './protobuf-message.ts';
import type { TensorFormat } from './tensor-proto.ts';
import { checkedSizeOf } from './value.ts';

/** Reads float32, and refuses the rest for another entry to take over. */
export const leanTensorFormat: TensorFormat = {
  typeOf: (code) => (code === 1 ? 'float32' : fail('E_OPERATOR', 'float32', `type ${code}`)),
  decodeTensor(content) {
    const proto = readMessage(content);
    const name = proto(8, readText).join('');
    return within(
      () => `tensor "${name}"`,
      () => {
        if (proto(14, Number)[0]) fail('E_MODEL_FORMAT', 'data inside the model');
        const type = leanTensorFormat.typeOf(proto(2, Number)[0] ?? 0);
        const dims = proto(1, readIntegers).map(Number);
        const [raw] = proto(9, readBytes);
        // A copy of the raw bytes is aligned.
        const data = raw ? new Float32Array(raw.slice().buffer) : Float32Array.from(proto(4, readFloats));
        if (data.length !== checkedSizeOf(dims))
          fail('E_MODEL_FORMAT', `elements for [${dims}]`, data.length);
        return { name, type, data, dims };
      },
    );
  },
};
