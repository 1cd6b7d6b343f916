import { newRecipient, recipientOf, sealEnvelope } from '../../src/platform/envelope.js';
import { describe, expect, test } from '../support/jest.js';

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
