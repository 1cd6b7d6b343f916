/**
 * One-time codes by time (RFC 6238 over RFC 4226): HMAC-SHA-1, steps of 30 seconds, six digits, which is what every
 * authenticator app takes. Pure but for the making of a secret.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after the current one that are taken too: clocks differ, and typing takes time. */
const LEEWAY = 1;

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 random bits, the length that RFC 4226 recommends. */
export const newSecret = (): Buffer => randomBytes(20);

/** Bytes in base32 (RFC 4648) without padding, as it is typed into an app. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => ALPHABET[parseInt(group.padEnd(5, '0'), 2)]).join('');
}

/** The address that an authenticator app on the same device opens. */
export const otpAddress = (username: string, secret: Uint8Array): string =>
  `otpauth://totp/Tyst:${encodeURIComponent(username)}?secret=${base32(secret)}&issuer=Tyst`;

/** The number of the step of 30 seconds that a moment lies in. */
export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / STEP_SECONDS);

/** The code of a step. */
export function codeAt(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac[mac.length - 1] ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

/** The step that a code belongs to, at most one away from now; null when it belongs to none. */
export function stepOf(secret: Uint8Array, code: string, now: Date): number | null {
  const typed = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(typed)) return null;
  const current = stepAt(now);
  for (let step = current - LEEWAY; step <= current + LEEWAY; step += 1) {
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(typed))) return step;
  }
  return null;
}
