import { createRequire } from 'node:module'
import { availableParallelism } from 'node:os'
import { dirname } from 'node:path'
import type { DocumentFrame, InvoiceDocument } from '#app/domain/invoice/invoice-document.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { DocumentRenderer, RenderOptions } from '#app/ports/document-renderer.ts'
import { nameFacturX } from './factur-x-metadata.ts'
import { epcCodeSvg, swissCodeSvg } from './payment-codes.ts'
import { startTypesetterPool } from './typesetter-pool.ts'

const require = createRequire(import.meta.url)

/** The fonts of documents, two weights each: Latin, Greek and Cyrillic, then Arabic, Devanagari, Chinese. */
const fontFiles = [
  '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  '@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
  '@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf',
  '@expo-google-fonts/noto-sans-devanagari/600SemiBold/NotoSansDevanagari_600SemiBold.ttf',
  '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
  '@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf',
]

/** More would wait for cores, and each holds its own fonts and templates. */
const mostProcesses = 8

export type TypstRendererOptions = {
  /** Longest time one document may take before its process is killed. */
  readonly timeLimitMs?: number
  /** The only directory the typesetter may read; tests point it at hostile templates. */
  readonly templatesDirectory?: string
  /** Documents typeset at the same time; as many as there are cores. */
  readonly processes?: number
  /** Files instead of the fonts above; tests name one that is missing. */
  readonly fonts?: readonly string[]
}

type Page = { readonly template: string; readonly frame: DocumentFrame; readonly data: object; readonly options: RenderOptions | undefined }

/**
 * Documents by Typst: PDF/A-3b, tagged, byte-identical for the same input.
 * The data reaches the template as JSON in `sys.inputs`, never as template text.
 */
export function createTypstRenderer(options: TypstRendererOptions = {}): DocumentRenderer {
  const typesetters = startTypesetterPool(
    {
      // Found through package imports: next to this file in the source tree, and from the server bundle alike.
      processFile: require.resolve('#app/adapters/documents/typst/typeset-process.mjs'),
      templatesDirectory: options.templatesDirectory ?? dirname(require.resolve('#app/adapters/documents/typst/templates/invoice.typ')),
      fontFiles: options.fonts ?? fontFiles.map(fontPath),
      timeLimitMs: options.timeLimitMs ?? 15_000,
    },
    options.processes ?? Math.min(availableParallelism(), mostProcesses),
  )

  async function render({ template, frame, data, options: wishes }: Page): Promise<Uint8Array> {
    const electronic = wishes?.electronic
    const { pdf, flaw } = await typesetters.typeset({
      template,
      document: JSON.stringify(data),
      ...(electronic === undefined ? {} : { electronic }),
      createdAt: frame.createdAt,
    })
    if (flaw !== undefined) wishes?.onFlaw?.(flaw)
    return electronic === undefined ? pdf : nameFacturX(pdf)
  }

  async function draw(document: InvoiceDocument): Promise<string> {
    const job = { template: 'invoice.typ', document: JSON.stringify(withCodes(document)), createdAt: document.createdAt, isDrawing: true }
    const { svg } = await typesetters.typeset(job)
    invariant(svg, 'the typesetter drew nothing')
    return svg
  }

  return {
    drawInvoice: draw,
    renderInvoice: (document, wishes) => render({ template: 'invoice.typ', frame: document, data: withCodes(document), options: wishes }),
    renderStatement: (document, wishes) => render({ template: 'statement.typ', frame: document, data: document, options: wishes }),
    close: () => typesetters.close(),
  }
}

/** @throws with the name of the font when its package is not installed. */
function fontPath(file: string): string {
  try {
    return require.resolve(file)
  } catch {
    throw new Error(`the font ${file} is missing: documents cannot be typeset without it`)
  }
}

/** The page with its payment codes as pictures: the template draws none itself. */
function withCodes({ payment, swissSlip, ...page }: InvoiceDocument): object {
  return {
    ...page,
    ...(payment
      ? { payment: payment.code ? { ...payment, code: { caption: payment.code.caption, svg: epcCodeSvg(payment.code.payload) } } : payment }
      : {}),
    ...(swissSlip ? { swissSlip: slipData(swissSlip) } : {}),
  }
}

function slipData({ slip, ...texts }: NonNullable<InvoiceDocument['swissSlip']>): object {
  return { ...texts, currency: slip.amount.currency, svg: swissCodeSvg(slip) }
}
