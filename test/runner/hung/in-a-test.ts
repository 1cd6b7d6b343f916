import { test } from '../../support/jest.js';

test('waits for what never comes', () => new Promise(() => undefined));
test('comes after it', () => undefined);
