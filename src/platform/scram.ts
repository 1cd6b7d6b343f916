/**
 * What PostgreSQL keeps of a password, worked out on this side, so that the password itself stands in no statement, which a
 * server may write to its log. Source: RFC 5802 and 7677 (SCRAM-SHA-256), PostgreSQL's documentation of pg_authid.
 */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const ITERATIONS = 4_096;
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** The verifier of a password of plain ASCII, for `ALTER ROLE ... PASSWORD`; the salt is a random one but in tests. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(SALT_BYTES)): string {
  const salted = pbkdf2Sync(password, salt, ITERATIONS, KEY_BYTES, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${keyOf('Server Key').toString('base64')}`;
}
