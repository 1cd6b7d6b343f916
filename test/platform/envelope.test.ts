import {
  batchSealer,
  KEY_BYTES,
  newRecipient,
  recipientOf,
  sealEnvelope,
} from '../../src/platform/envelope.js';
import { describe, expect, test } from '../support/jest.js';
import { until } from '../support/until.js';

describe('a key', () => {
  test('is 32 bytes, with the public half that RFC 7748 gives them', () => {
    // Section 5.2, the first of the iterations: the scalar is the base point.
    const nine = Buffer.alloc(32);
    nine.writeUInt8(9);
    expect(recipientOf(nine).publicKey.toString('hex')).toBe(
      '422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079',
    );
  });

  test('may be any 32 bytes', () => {
    for (const byte of [0, 255]) expect(recipientOf(Buffer.alloc(32, byte)).publicKey).toHaveLength(32);
  });
});

describe('an envelope', () => {
  const message = Buffer.from('a call');
  const seal = (publicKey: Buffer, name = 'the name') =>
    sealEnvelope(publicKey, message, { name, least: 256 }).envelope;

  test('opens with its key under its name, and otherwise not', () => {
    const recipient = newRecipient();
    const envelope = seal(recipient.publicKey);
    expect(recipient.open(envelope, 'the name')?.message).toEqual(message);
    expect(recipient.open(envelope, 'another')).toBeNull();
    expect(newRecipient().open(envelope, 'the name')).toBeNull();
    envelope.writeUInt8(envelope.readUInt8(100) ^ 1, 100);
    expect(recipient.open(envelope, 'the name')).toBeNull();
  });

  test('of the same message is another each time, of one size', () => {
    const { publicKey } = newRecipient();
    const [first, second] = [seal(publicKey), seal(publicKey)];
    expect(first).not.toEqual(second);
    expect([first.length, second.length]).toEqual([304, 304]);
  });
});

describe('messages that come at the same time', () => {
  const recipient = newRecipient();
  const senderOf = (envelope: Buffer) => envelope.subarray(0, KEY_BYTES).toString('hex');
  const message = Buffer.from('a call');

  test('are sealed with one pair of keys, and each opens under its own name alone', () => {
    const seal = batchSealer();
    const envelopes = ['one', 'two'].map((name) => seal(recipient.publicKey, message, { name, least: 256 }));
    expect(new Set(envelopes.map(senderOf)).size).toBe(1);
    expect(new Set(envelopes.map((envelope) => envelope.toString('hex'))).size).toBe(2);
    const [one = Buffer.alloc(0)] = envelopes;
    expect(recipient.open(one, 'one')?.message).toEqual(message);
    expect(recipient.open(one, 'two')).toBeNull();
  });

  test('have another pair where a name comes again: a key never locks two messages', () => {
    const seal = batchSealer();
    const envelopes = ['one', 'one', 'one'].map((name) =>
      seal(recipient.publicKey, message, { name, least: 256 }),
    );
    expect(new Set(envelopes.map(senderOf)).size).toBe(3);
  });

  test('have another pair for another recipient, and when a moment has passed', async () => {
    const seal = batchSealer();
    const other = newRecipient();
    const sealed = (to: Buffer, name: string) => senderOf(seal(to, message, { name, least: 256 }));
    const senders = [sealed(recipient.publicKey, 'one'), sealed(other.publicKey, 'two')];
    const began = performance.now();
    await until(() => performance.now() - began > 60, 5);
    senders.push(sealed(other.publicKey, 'three'));
    expect(new Set(senders).size).toBe(3);
  });
});
