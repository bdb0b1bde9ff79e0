import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { offlineList } from './offline-list.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The worker, and the script of the page about the interface, which the server writes: their addresses stay. */
const atTheRoot = new Set(['sw', 'try'])

/**
 * Two pages of one code base: the phone (`index.html`) and the desk (`console.html`). Addresses are relative, because
 * some hosts serve the bundle under a versioned path. `--mode states` builds the gallery of every screen's states instead.
 */
export default defineConfig(({ mode }) => ({
  root: at('.'),
  base: './',
  // The desk has paths of its own below /console, so its page names its files from the root.
  experimental: {
    renderBuiltUrl: (file, { hostType, hostId }) =>
      hostType === 'html' && hostId.endsWith('console.html') ? `/${file}` : { relative: true },
  },
  plugins: [react(), offlineList()],
  // The server puts a fresh value into each answer; antd needs it for the styles it makes while running.
  html: { cspNonce: '__NONCE__' },
  build: {
    outDir: at(mode === 'states' ? './.cache/states' : './dist'),
    emptyOutDir: true,
    // Windows 7 desks end at Chrome 109; web-views of government apps lag behind that.
    target: ['chrome92', 'safari15'],
    cssTarget: ['chrome92', 'safari15'],
    // Inlined fonts and pictures would be data: addresses, which the content policy refuses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: 'manifest.json',
    rolldownOptions: {
      output: { entryFileNames: chunk => (atTheRoot.has(chunk.name) ? `${chunk.name}.js` : 'assets/[name]-[hash].js') },
      input:
        mode === 'states'
          ? { states: at('./states.html') }
          : {
              phone: at('./index.html'),
              sw: at('./src/sw.ts'),
              try: at('./src/docs/try.ts'),
              ...(existsSync(at('./src/console/main.tsx')) ? { console: at('./console.html') } : {}),
            },
    },
  },
  server: { proxy: { '/api': process.env['ZHULIAN_API'] ?? 'http://127.0.0.1:8080' } },
}))
