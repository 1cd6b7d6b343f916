import { test } from '../../support/jest.js';

test('runs in circles', () => {
  for (;;);
});
