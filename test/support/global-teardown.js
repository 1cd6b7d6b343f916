/** What Jest does after all tests; see global-setup.js. */
export default () => globalThis.endTestServer();
