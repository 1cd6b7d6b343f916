#!/usr/bin/env node
/** The command line from a checkout: builds what is out of date, then hands over to src/main.ts as built. */
import { build } from '../scripts/build.js';

try {
  build();
} catch {
  process.stderr.write('tyst: the build failed; the reason stands above.\n');
  process.exit(1);
}
await import('../dist/server/app/main.js');
