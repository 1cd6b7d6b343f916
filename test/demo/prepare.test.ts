import { createServer } from 'node:net';
import { checkPort } from '../../src/demo/port.js';
import { demoYear } from '../../src/demo/prepare.js';
import { expect, test } from '../support/jest.js';
import { quietPort } from '../support/quiet-port.js';

test.each([
  ['2026-01-01', '2024'],
  ['2026-01-06', '2024'],
  ['2026-01-07', '2025'],
  ['2026-07-01', '2025'],
  ['2026-12-31', '2025'],
  ['2027-01-06', '2025'],
])('on %s the last year whose quarters may all be closed is %s', (today, year) => {
  expect(demoYear(today)).toBe(year);
});

test('a port that somebody else has is refused at once, and one that is free is left free', async () => {
  const place = { host: '127.0.0.1', port: await quietPort() };
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(place.port, place.host, resolve));
  await expect(checkPort(place)).rejects.toThrow(
    `port ${String(place.port)} of 127.0.0.1. Choose another one: PORT=`,
  );
  await new Promise((resolve) => other.close(resolve));
  await checkPort(place);
  await checkPort(place);
});

test('a host that this machine does not have is refused too', async () => {
  // 192.0.2.0/24 is kept for documentation: no machine has such an address.
  await expect(checkPort({ host: '192.0.2.1', port: 0 })).rejects.toThrow('Check HOST.');
});
