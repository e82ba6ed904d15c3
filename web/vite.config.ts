// Builds the hosted verification page into dist/flow. The console gets a build of its own
// later: one build for both would share a chunk that makes this page bigger.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { budget } from './build/budget.ts';
import { precompress } from './build/precompress.ts';

export default defineConfig({
  base: '/static/flow/',
  publicDir: false,
  plugins: [svelte(), precompress(), budget({ limitKilobytes: 60 })],
  server: { host: '127.0.0.1', fs: { allow: ['..'] } },
  build: {
    outDir: 'dist/flow',
    emptyOutDir: true,
    target: 'es2022',
    // The strict CSP allows neither data: URLs nor an inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      input: { flow: 'flow.html' },
      output: {
        chunkFileNames: (chunk) =>
          chunk.facadeModuleId?.includes('/locales/')
            ? 'assets/locale-[name]-[hash].js'
            : 'assets/[name]-[hash].js',
      },
    },
  },
});
