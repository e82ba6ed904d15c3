// Keeps the page small: adds up what a visitor downloads and fails the build above the limit.
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Vite plugin: prints the gzip size of all JavaScript and CSS a visitor can load, counting only
 * the largest language, because nobody loads two. `limitKilobytes` are units of 1000 bytes.
 */
export function budget({ limitKilobytes }: { limitKilobytes: number }): Plugin {
  return {
    name: 'bonafide:budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      let code = 0;
      let language = 0;
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css)$/.test(file.fileName)) continue;
        const content = file.type === 'chunk' ? file.code : file.source;
        const size = gzipSync(content, { level: 9 }).length;
        if (file.fileName.includes('/locale-')) language = Math.max(language, size);
        else code += size;
      }
      const kilobytes = (code + language) / 1000;
      const line = `flow page: ${kilobytes.toFixed(1)} kB gzip of ${limitKilobytes} kB (JS + CSS ${(code / 1000).toFixed(1)}, language ${(language / 1000).toFixed(1)})`;
      if (kilobytes > limitKilobytes) this.error(`${line}: over the budget`);
      console.log(line);
    },
  };
}
