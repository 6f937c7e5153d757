import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readFinalisedInvoice, type StoredInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import { BrokenSealError } from '#app/db/documents/issued-buyers.server.ts'
import { nextInSeries, type PlacedDocument, type SeriesPlace } from '#app/db/invariants/documents.server.ts'
import { type Examined, idsAtMost } from '#app/db/invariants/examined.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import { contentHashOf } from '../invoices/content-hash.ts'

const pageSize = 100

/** `hash` is null of a document that cannot be read. */
type Link = { readonly place: SeriesPlace; readonly hash: string | null }

/** I7, second half: documents that no longer have their hash, or whose hash does not follow the one before it in the series. */
export async function brokenChain({ tenantId }: TenantRow): Promise<Examined> {
  const broken: string[] = []
  let examined = 0
  for (let last: Link | null = null; ; ) {
    const before: Link | null = last
    const page = await inTenant(tenantId, async (ctx) => {
      const documents = await nextInSeries(ctx, before?.place ?? null, pageSize)
      const links: { document: PlacedDocument; stored: StoredInvoice | undefined }[] = []
      for (const document of documents) links.push({ document, stored: await readWhole(ctx, document.id) })
      return links
    })
    for (const { document, stored } of page) {
      const previous: string | null = last && isSameSeries(last.place, document) ? (last.hash ?? stored?.previousHash ?? null) : null
      if (!stored || stored.previousHash !== previous || contentHashOf(stored.invoice, previous) !== stored.contentHash)
        broken.push(document.number)
      last = { place: document, hash: stored?.contentHash ?? null }
    }
    examined += page.length
    if (page.length < pageSize) return { examined, violations: broken.length, ids: broken.slice(0, idsAtMost) }
  }
}

/** The document; undefined when its address does not open any more, which is a change like any other. */
async function readWhole(ctx: TenantContext, id: string): Promise<StoredInvoice | undefined> {
  try {
    return await readFinalisedInvoice(ctx, id)
  } catch (failure) {
    if (failure instanceof BrokenSealError) return undefined
    throw failure
  }
}

function isSameSeries(place: SeriesPlace, document: PlacedDocument): boolean {
  return place.documentType === document.documentType && place.issuer === document.issuer && place.year === document.year
}
