import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import type { DocumentRenderer } from '#app/ports/document-renderer.ts'
import { startTypesetter } from './typesetter.ts'

const require = createRequire(import.meta.url)

/** The fonts of documents, two weights: Latin, Greek and Cyrillic, then Arabic. */
const fontFiles = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf',
]

export type TypstRendererOptions = {
  /** Longest time one document may take before its process is killed. */
  readonly timeLimitMs?: number
  /** The only directory the typesetter may read; tests point it at hostile templates. */
  readonly templatesDirectory?: string
}

/**
 * Documents by Typst: PDF/A-3b, tagged, byte-identical for the same input.
 * The data reaches the template as JSON in `sys.inputs`, never as template text. One document at a time.
 */
export function createTypstRenderer(options: TypstRendererOptions = {}): DocumentRenderer {
  const typesetter = startTypesetter({
    // Found through package imports: next to this file in the source tree, and from the server bundle alike.
    processFile: require.resolve('#app/adapters/documents/typst/typeset-process.mjs'),
    templatesDirectory: options.templatesDirectory ?? dirname(require.resolve('#app/adapters/documents/typst/templates/invoice.typ')),
    fontFiles: fontFiles.map((file) => require.resolve(file)),
    timeLimitMs: options.timeLimitMs ?? 15_000,
  })
  return {
    renderInvoice: (document) =>
      typesetter.typeset({ template: 'invoice.typ', document: JSON.stringify(document), createdAt: document.createdAt }),
    close: () => typesetter.close(),
  }
}
