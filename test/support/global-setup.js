/** What Jest does before all tests. It reads this file itself, before Node has learnt to read TypeScript. */
import { register } from 'tsx/esm/api';

export default async function setup() {
  register();
  const { startTestServer } = await import('./test-server.ts');
  globalThis.endTestServer = await startTestServer();
}
