import { createRequire } from 'node:module'
import type { Invoice } from '@e-invoice-eu/core'
import type { EInvoiceResult } from '#app/ports/e-invoice-writer.ts'

export type Library = { write(invoice: Invoice, format: string): Promise<EInvoiceResult> }

type Validator = ((data: unknown) => boolean) & {
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[] | null
}
type Ajv = { compile(schema: object): Validator }

const silent = { log: () => undefined, warn: () => undefined, error: () => undefined }

let loading: Promise<Library> | undefined

/** The library, loaded with the first document: it is large, and most processes write none. */
export function loadLibrary(): Promise<Library> {
  loading ??= load()
  return loading
}

/**
 * The library's own entry compiles its schema anew for each document, which takes most of 200 ms. Here it is compiled once, by the
 * library's copy of ajv; the writing of each format is the library's.
 */
async function load(): Promise<Library> {
  const { FormatFactoryService, invoiceSchema } = await import('@e-invoice-eu/core')
  const formats = new FormatFactoryService()
  const ownRequire = createRequire(import.meta.url)
  const libraryRequire = createRequire(ownRequire.resolve('@e-invoice-eu/core'))
  const { Ajv2019 } = libraryRequire('ajv/dist/2019.js') as { Ajv2019: new (options: object) => Ajv }
  const schema = structuredClone(invoiceSchema)
  // The strictest of the formats: it wants electronic addresses of both sides.
  formats.createFormatService('UBL', silent).patchSchema(schema)
  const validate = new Ajv2019({ strict: true, allErrors: true }).compile(schema)

  return {
    async write(invoice, format) {
      if (!validate(invoice)) return { ok: false, error: 'schema-violated', detail: errorsOf(validate) }
      const service = formats.createFormatService(format, silent)
      service.fillInvoiceDefaults(invoice)
      return { ok: true, value: String(await service.generate(invoice, { format, lang: 'en' })) }
    },
  }
}

function errorsOf({ errors }: Validator): string {
  return (errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message = '' }) => `${instancePath} ${message}`)
    .join('; ')
}
