import { inTenant } from '#app/db/context.server.ts'
import { readFinalisedInvoice, type StoredInvoice } from '#app/db/finalised-invoices.server.ts'
import { nextInSeries, type PlacedDocument, type SeriesPlace } from '#app/db/invariants/documents.server.ts'
import { type Examined, idsAtMost } from '#app/db/invariants/examined.server.ts'
import type { TenantRow } from '#app/db/tenants.server.ts'
import { contentHashOf } from '../invoices/content-hash.ts'

const pageSize = 100

type Link = { readonly place: SeriesPlace; readonly hash: string }

/** I7, second half: documents that no longer have their hash, or whose hash does not follow the one before it in the series. */
export async function brokenChain({ tenantId }: TenantRow): Promise<Examined> {
  const broken: string[] = []
  let examined = 0
  for (let last: Link | null = null; ; ) {
    const before: Link | null = last
    const page = await inTenant(tenantId, async (ctx) => {
      const documents = await nextInSeries(ctx, before?.place ?? null, pageSize)
      const links: { document: PlacedDocument; stored: StoredInvoice | undefined }[] = []
      for (const document of documents) links.push({ document, stored: await readFinalisedInvoice(ctx, document.id) })
      return links
    })
    for (const { document, stored } of page) {
      const previous: string | null = last && isSameSeries(last.place, document) ? last.hash : null
      if (!stored || stored.previousHash !== previous || contentHashOf(stored.invoice, previous) !== stored.contentHash)
        broken.push(document.number)
      last = { place: document, hash: stored?.contentHash ?? '' }
    }
    examined += page.length
    if (page.length < pageSize) return { examined, violations: broken.length, ids: broken.slice(0, idsAtMost) }
  }
}

function isSameSeries(place: SeriesPlace, document: PlacedDocument): boolean {
  return place.documentType === document.documentType && place.issuer === document.issuer && place.year === document.year
}
