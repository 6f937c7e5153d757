import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { Language } from '#app/i18n/languages.ts'
import { type ArchiveEntry, csvLines, fileStore, zipStream } from '#app/wiring.server.ts'
import { dayOf, filterOf } from '../request/filters.ts'
import { downloadHeaders } from './documents.server.ts'

type ArchivedDocument = {
  readonly id: string
  readonly documentType: DocumentType
  readonly number: string
  readonly finalisedAt: Date
  readonly pdf: string | null
  readonly xml: string | null
}
type Range = { readonly from: LocalDate; readonly to: LocalDate }

/** The days an address asks for, both included; undefined when they are none or the wrong way round. */
export function archiveRangeOf(request: Request): Range | undefined {
  const search = filterOf(request)
  const [from, to] = [dayOf(search.get('from')), dayOf(search.get('to'))]
  return from && to && from <= to ? { from, to } : undefined
}

export type ArchiveInput = {
  readonly range: Range
  readonly language: Language
  /** The next documents of the range after that one; none at its end. */
  readonly pageAfter: (afterId: string | null) => Promise<readonly ArchivedDocument[]>
}

/**
 * All documents of a range as one zip: PDFs, electronic documents, and a report of what is in it. A file that is not there is named in
 * the report instead of being left out in silence.
 */
export function archiveResponse({ range: { from, to }, language, pageAfter }: ArchiveInput): Response {
  const body = zipStream(entriesOf({ language, pageAfter }))
  return new Response(body, { headers: downloadHeaders(`${from}_${to}.zip`, 'application/zip') })
}

type FileState = 'included' | 'missing' | 'not-made'

async function* entriesOf({ language, pageAfter }: Pick<ArchiveInput, 'language' | 'pageAfter'>): AsyncGenerator<ArchiveEntry> {
  const t = translatorFor(language, 'delivery')
  const names = translatorFor(language, 'common')
  const report = [[t('archive.report.number'), t('archive.report.type'), t('archive.report.file'), t('archive.report.state')]]
  let newest = new Date(0)
  for await (const { document, name, content, state } of filesOf(pageAfter)) {
    if (content) yield { name, content, at: document.finalisedAt }
    if (document.finalisedAt > newest) newest = document.finalisedAt
    report.push([document.number, names(`documentType.${document.documentType}`), name, t(`archive.state.${state}`)])
  }
  yield { name: 'report.csv', content: new TextEncoder().encode(`\ufeff${csvLines(report)}`), at: newest }
}

type ArchivedFile = {
  readonly document: ArchivedDocument
  readonly name: string
  readonly content: Uint8Array | undefined
  readonly state: FileState
}

async function* filesOf(pageAfter: ArchiveInput['pageAfter']): AsyncGenerator<ArchivedFile> {
  for (let page = await pageAfter(null); page.length > 0; page = await pageAfter(page.at(-1)?.id ?? null))
    for (const document of page) for (const ending of ['pdf', 'xml'] as const) yield fileOf(document, ending)
}

async function fileOf(document: ArchivedDocument, ending: 'pdf' | 'xml'): Promise<ArchivedFile> {
  const fileKey = document[ending]
  const name = `${document.number.replaceAll(/[^\w.-]/g, '_')}.${ending}`
  if (fileKey === null) return { document, name, content: undefined, state: 'not-made' }
  const content = await fileStore().get(fileKey)
  return { document, name, content, state: content ? 'included' : 'missing' }
}
