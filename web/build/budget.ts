// Keeps the page small: adds up what a visitor downloads and fails the build above the limit.
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Vite plugin: prints the gzip size of the JavaScript and CSS that every visitor loads, with the
 * largest language, and apart from it what only some steps load. `limitKilobytes` are units of 1000 bytes.
 */
export function budget({ limitKilobytes }: { limitKilobytes: number }): Plugin {
  return {
    name: 'bonafide:budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      let code = 0;
      let language = 0;
      let later = 0;
      const onDemand = new Set<string>();
      for (const file of Object.values(bundle)) {
        // What a step loads when it comes; its styles travel with it.
        if (file.type === 'chunk' && file.isDynamicEntry && !file.fileName.includes('/locale-')) {
          onDemand.add(file.fileName);
          for (const style of file.viteMetadata?.importedCss ?? []) onDemand.add(style);
        }
      }
      for (const file of Object.values(bundle)) {
        if (!/\.(js|css)$/.test(file.fileName)) continue;
        const content = file.type === 'chunk' ? file.code : file.source;
        const size = gzipSync(content, { level: 9 }).length;
        if (file.fileName.includes('/locale-')) language = Math.max(language, size);
        else if (onDemand.has(file.fileName)) later += size;
        else code += size;
      }
      const kilobytes = (code + language) / 1000;
      const line = `flow page: ${kilobytes.toFixed(1)} kB gzip of ${limitKilobytes} kB (JS + CSS ${(code / 1000).toFixed(1)}, language ${(language / 1000).toFixed(1)}); ${(later / 1000).toFixed(1)} kB later`;
      if (kilobytes > limitKilobytes) this.error(`${line}: over the budget`);
      console.log(line);
    },
  };
}
