import { test } from '../../support/jest.js';

test.each(['sv', 'en'])('waits in %s', (language) =>
  language === 'en' ? new Promise(() => undefined) : Promise.resolve(),
);
