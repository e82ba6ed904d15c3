// Loads the page's TypeScript modules into Node through Vite, without a browser.
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

/** Starts a loader; `load('capture/digest.ts')` gives the module, `close` ends it. */
export async function moduleLoader() {
  const server = await createServer({
    root: fileURLToPath(new URL('../../', import.meta.url)),
    logLevel: 'error',
    server: { middlewareMode: true, hmr: false, watch: null, ws: false },
    optimizeDeps: { noDiscovery: true },
  });
  return { load: (path) => server.ssrLoadModule(`/${path}`), close: () => server.close() };
}
