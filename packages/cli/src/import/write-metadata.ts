import protobuf from 'protobufjs';

/** Of ModelProto in onnx.proto3. */
const METADATA_PROPS = 14;
/** Of StringStringEntryProto. */
const KEY = 1;
const VALUE = 2;
const BYTES = 2;

/** The model with these entries in its `metadata_props`, in place of any of the same names; every other byte of it as it
 * was. @throws RangeError or Error for bytes that are no protobuf message */
export function writeMetadata(model: Uint8Array, entries: Readonly<Record<string, string>>): Uint8Array {
  const reader = protobuf.Reader.create(model);
  const kept: Uint8Array[] = [];
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const isEntry = tag === ((METADATA_PROPS << 3) | BYTES);
    const name = isEntry ? keyOf(reader.bytes()) : undefined;
    if (!isEntry) reader.skipType(tag & 7);
    if (name === undefined || !Object.hasOwn(entries, name)) kept.push(model.subarray(start, reader.pos));
  }
  const writer = protobuf.Writer.create();
  for (const [key, value] of Object.entries(entries)) {
    writer.uint32((METADATA_PROPS << 3) | BYTES).fork();
    writer.uint32((KEY << 3) | BYTES).string(key);
    writer.uint32((VALUE << 3) | BYTES).string(value);
    writer.ldelim();
  }
  return Uint8Array.from(Buffer.concat([...kept, writer.finish()]));
}

function keyOf(entry: Uint8Array): string {
  const reader = protobuf.Reader.create(entry);
  let key = '';
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag === ((KEY << 3) | BYTES)) key = reader.string();
    else reader.skipType(tag & 7);
  }
  return key;
}
