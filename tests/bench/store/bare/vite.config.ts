import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import remixOptions from '../../../../remix.config.js'

/** The smallest app of the same framework and options: what the store's pages are measured against. Beside their build, it finds the same modules. */
export default defineConfig({
  plugins: [remix({ ...remixOptions, appDirectory: 'tests/bench/store/bare', buildDirectory: 'build/bare' })],
  build: { target: 'es2022' },
})
