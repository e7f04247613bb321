/** The first 16 hex digits of the SHA-256 of the text that a visitor acts on. The same for all who saw the same text.
 * @param subtle `crypto.subtle` */
export async function hashNotice(text: string, subtle: Pick<SubtleCrypto, 'digest'>): Promise<string> {
  const digest = await subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
