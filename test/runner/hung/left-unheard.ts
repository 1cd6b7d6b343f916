import { test } from '../../support/jest.js';

test('leaves a rejection unheard', async () => {
  void Promise.reject(new Error('nobody hears this'));
  await new Promise((resolve) => setTimeout(resolve, 100));
});
