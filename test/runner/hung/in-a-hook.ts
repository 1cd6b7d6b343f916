import { beforeAll, describe, test } from '../../support/jest.js';

describe('made ready by a hook', () => {
  beforeAll(() => new Promise(() => undefined));
  test('is not blamed', () => undefined);
});
