import { createServer } from 'node:net';
import { test } from '../../support/jest.js';

test('leaves a server open', () => {
  createServer().listen(0, '127.0.0.1');
});
