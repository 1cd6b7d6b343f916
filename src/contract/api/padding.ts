/**
 * Messages of one length. Encryption hides what a message says, not how long it is: without this, whoever sees the network
 * would tell a conversation from a silent call by counting bytes. JSON may have spaces after it.
 */
import type { Endpoint } from './endpoint.js';

/** A JSON text with spaces after it, up to the next multiple of so many bytes of UTF-8. */
export function padded(json: string, bytes: number): string {
  const over = new TextEncoder().encode(json).length % bytes;
  return over === 0 ? json : json + ' '.repeat(bytes - over);
}

/**
 * What a client sends to an endpoint; undefined where that is nothing. Where all requests are to have one length, those
 * without anything to say are an empty object.
 */
export function requestBody({ bodyBytes }: Endpoint, body: unknown): string | undefined {
  if (bodyBytes !== undefined) return padded(JSON.stringify(body ?? {}), bodyBytes);
  return body === undefined ? undefined : JSON.stringify(body);
}
