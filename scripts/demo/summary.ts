import { inTenant } from '#app/wiring.server.ts'
import type { SeededSeller, Slug } from '#prisma/seed/sellers.ts'
import { type DocumentSummary, readDocuments } from './documents.ts'
import { openedCopy } from './opened-copy.ts'
import { makePayoutStatements, makeStatements } from './statements.ts'
import type { DemoMonth } from './stories/story.ts'

export type InvoiceSummary = {
  readonly seller: string
  readonly buyer: string
  readonly number: string
  readonly currency: string
  readonly netMinor: string
  readonly taxMinor: string
  readonly totalMinor: string
  readonly pdf: string | null
}

/** What the main job brought about, as the demo prints it. Amounts are minor units as text. */
export type DemoSummary = {
  readonly usage: { readonly raw: number; readonly accepted: number; readonly quarantined: number }
  readonly charges: number
  readonly invoices: readonly InvoiceSummary[]
  readonly documents: readonly DocumentSummary[]
  readonly delivered: number
  readonly ledgerImbalance: string
}

type SellerFigures = {
  readonly raw: number
  readonly accepted: number
  readonly quarantined: number
  readonly charges: number
  readonly delivered: number
  readonly imbalance: bigint
}

/** Reads the figures of every seller, each inside its own tenant. */
export async function summarise(sellers: ReadonlyMap<Slug, SeededSeller>, month: DemoMonth): Promise<DemoSummary> {
  const figures: SellerFigures[] = []
  const invoices: InvoiceSummary[] = []
  const documents: DocumentSummary[] = []
  for (const { tenantId } of sellers.values()) {
    figures.push(await readFigures(tenantId))
    invoices.push(...(await readInvoices(tenantId, month)))
    documents.push(
      ...(await readDocuments(tenantId)),
      ...(await makeStatements(tenantId, month)),
      ...(await makePayoutStatements(tenantId)),
    )
  }
  const [provider] = figures
  const total = (pick: (seller: SellerFigures) => number) => figures.reduce((sum, seller) => sum + pick(seller), 0)
  return {
    usage: { raw: provider?.raw ?? 0, accepted: provider?.accepted ?? 0, quarantined: provider?.quarantined ?? 0 },
    charges: total((seller) => seller.charges),
    invoices,
    documents,
    delivered: total((seller) => seller.delivered),
    ledgerImbalance: figures.reduce((sum, seller) => sum + seller.imbalance, 0n).toString(),
  }
}

async function readFigures(tenantId: string): Promise<SellerFigures> {
  return inTenant(tenantId, async ({ db }) => {
    const [row] = await db.$queryRaw<SellerFigures[]>`
      select
        (select count(*) from raw_usage where tenant_id = ${tenantId}::uuid)::int as raw,
        (select count(*) from usage_records where tenant_id = ${tenantId}::uuid)::int as accepted,
        (select count(*) from usage_quarantine where tenant_id = ${tenantId}::uuid and state = 'open')::int as quarantined,
        (select count(*) from charges where tenant_id = ${tenantId}::uuid)::int as charges,
        (select count(*) from deliveries where tenant_id = ${tenantId}::uuid and state = 'accepted')::int as delivered,
        (select coalesce(sum(abs(b.minor)), 0)::bigint from (
          select sum(p.amount_minor) as minor from ledger_postings p where p.tenant_id = ${tenantId}::uuid group by p.entry_id, p.currency
        ) b) as imbalance`
    return row as SellerFigures
  })
}

type InvoiceRow = Omit<InvoiceSummary, 'netMinor' | 'taxMinor' | 'totalMinor' | 'pdf'> & {
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
  fileKey: string | null
}

async function readInvoices(tenantId: string, month: DemoMonth): Promise<InvoiceSummary[]> {
  const rows = await inTenant(
    tenantId,
    ({ db }) => db.$queryRaw<InvoiceRow[]>`
    select t.legal_name as seller, a.name as buyer, i.number, i.currency, i.net_minor as "netMinor", i.tax_minor as "taxMinor",
      i.total_minor as "totalMinor", d.file_key as "fileKey"
    from invoices i
    join tenants t on t.tenant_id = i.tenant_id
    join accounts a on a.tenant_id = i.tenant_id and a.id = i.account_id
    left join documents d on d.tenant_id = i.tenant_id and d.invoice_id = i.id and d.format = 'pdf'
    where i.tenant_id = ${tenantId}::uuid and i.period_start = ${`${month.name}-01`}::date and i.document_type = 'invoice'
    order by i.sequence`,
  )
  const opened: InvoiceSummary[] = []
  for (const { netMinor, taxMinor, totalMinor, fileKey, ...row } of rows) {
    const amounts = { netMinor: netMinor.toString(), taxMinor: taxMinor.toString(), totalMinor: totalMinor.toString() }
    opened.push({ ...row, ...amounts, pdf: await openedCopy(fileKey) })
  }
  return opened
}
