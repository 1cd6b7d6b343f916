/** Builds the web app from src/web to dist/web, in the shape that the strict content security policy lets run. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { bareEndpoints } from './scripts/bare-endpoints.js';

export default defineConfig({
  root: 'src/web',
  plugins: [bareEndpoints(), react()],
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    // For scripts/check-size.js; the server serves no file whose name begins with a dot.
    manifest: true,
    // Inlined assets would be data: URLs, which the policy refuses for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The app, and beside it the stylesheets of pages that the server makes itself (src/release/open, src/platform/api-page).
    rolldownOptions: {
      input: ['src/web/index.html', 'src/web/styles/open.css', 'src/web/styles/api.css'],
      // The contract only says what things are: a module of it that nothing is taken from need not be there.
      treeshake: { moduleSideEffects: [{ test: /\/src\/contract\//, sideEffects: false }] },
    },
    // ECharts is that large; it is fetched with the first picture, and never by the call form.
    chunkSizeWarningLimit: 600,
  },
});
