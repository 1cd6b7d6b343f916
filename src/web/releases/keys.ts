/** The public keys that releases are signed with. */
import { apiFile, type Reply } from '../api.js';

/** The key of the line as PEM. The one place that says where keys come from. */
export async function loadKeys(): Promise<Reply<string>> {
  const reply = await apiFile('/release-key', 'application/x-pem-file');
  return reply.ok ? { ...reply, body: await reply.body.text() } : reply;
}

/** The id that the line knows a key by: the first 16 digits of the SHA-256 of its bytes. Rejects without a crypto. */
export async function keyId(pem: string): Promise<string> {
  const body = atob(pem.replaceAll(/-----[^-]+-----|\s/g, ''));
  const bytes = Uint8Array.from(body, (character) => character.charCodeAt(0));
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
