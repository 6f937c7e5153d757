import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { setClock } from '#app/config/clock.server.ts'
import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { presentDocumentKey } from '#app/db/sealing/document-keys.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { deliveryPorts } from '#app/jobs/delivery-ports.server.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { brokenChain } from '#app/services/invariants/broken-chain.server.ts'
import { storeInvoicePdf } from '#app/services/invoices/deliver-store-document.server.ts'
import { keyStanding } from '#app/services/secrets/key-standing.server.ts'
import { resealFields } from '#app/services/secrets/reseal-fields.server.ts'
import { sealFiles } from '#app/services/secrets/seal-files.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore, secretRotation } from '#app/wiring.server.ts'
import { billMonth, invoicesOf } from '#tests/support/billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from '#tests/support/builders.ts'
import { asAdmin } from '#tests/support/dump.ts'

const [former, coming] = ['the former secret of the data, long enough', 'the coming secret of the data, long enough']
const withKeys = (present: string, previous = '') => provideEnvironment({ DATA_SECRET: present, DATA_SECRET_PREVIOUS: previous })
const address = ['Hafenstraße 2', '20457 Hamburg']

let tenantId: string
let accountIds: string[]
beforeAll(async () => {
  tenantId = await buildTenant()
  accountIds = [await buildAccount(tenantId, { name: 'Birke' }), await buildAccount(tenantId, { name: 'Linde' })]
  const book = await buildPriceBook(tenantId, [{ feeKind: 'usage', price: '0.15', meter: 'traffic.sent' }])
  for (const accountId of accountIds) {
    const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
    const usage = { accountId, contractId, priceVersionId: book.priceVersionId, priceRuleId: book.ruleIds[0] ?? '', meter: 'traffic.sent' }
    for (const month of ['2026-05', '2026-06'])
      await buildCharges(tenantId, [{ ...usage, billingPeriod: `${month}-01`, unitPrice: '0.15', quantity: '60', amount: '9' }])
  }
})
afterEach(() => {
  withKeys('')
  setClock()
})

const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(tenantId, work)
type Row = { readonly id: string; readonly buyer: { readonly addressLines: readonly string[] }; readonly whole: string }
const rows = async () =>
  (
    await asAdmin((client) =>
      client.query<Row>('select id, buyer, i::text as whole from invoices i where tenant_id = $1 order by sequence', [tenantId]),
    )
  ).rows
const keys = async () =>
  (
    await asAdmin((client) =>
      client.query<{ number: number; sealed: string }>(
        'select number, sealed_key as sealed from document_keys where tenant_id = $1 order by number',
        [tenantId],
      ),
    )
  ).rows
const chain = async () => {
  const tenant = await inTenant(tenantId, ownTenant)
  if (!tenant) throw new Error(tenantId)
  return brokenChain(tenant)
}
const tamper = (sql: string, values: readonly string[]) =>
  asAdmin(async (client) => {
    await client.query("set session_replication_role = 'replica'")
    await client.query(sql, [...values])
  })

test('a transaction that is taken back leaves no key behind, and the next one makes its own', async () => {
  withKeys(former)
  const broken = asOffice(tenantId, async (ctx) => {
    await presentDocumentKey(ctx)
    throw new Error('taken back')
  })
  await expect(broken).rejects.toThrow('taken back')
  expect(await keys()).toEqual([])
  const ids = await Promise.all([1, 2, 3, 4].map(() => asOffice(tenantId, async (ctx) => (await presentDocumentKey(ctx)).id)))
  expect(new Set(ids).size, 'of several at once one is made').toBe(1)
  expect(await keys()).toMatchObject([{ number: 1 }])
})

test('the address of an issued document is sealed; office and panel read it, and the chain of hashes holds', async () => {
  withKeys(former)
  expect(await billMonth(tenantId, '2026-05', '2026-06-01T06:00:00Z')).toBe(2)
  for (const { buyer } of await rows()) expect(buyer.addressLines).toEqual([expect.stringMatching(/^enc:d1:[0-9a-f-]{36}:/)])
  const invoices = await invoicesOf(tenantId)
  expect(invoices.map(({ buyer }) => buyer.addressLines)).toEqual([address, address])
  const own = invoices.find(({ buyer }) => buyer.accountId === accountIds[0])
  const seen = await inPanel(tenantId, accountIds.slice(0, 1), (ctx) => readInvoice(ctx, own?.id ?? ''))
  expect(seen?.buyer.addressLines).toEqual(address)
  expect(await chain()).toMatchObject({ examined: 2, violations: 0 })
})

test('a change of the key seals the key of the documents anew and no document; what is issued then has a key of its own', async () => {
  withKeys(former)
  const [before, [first]] = [await rows(), await keys()]
  withKeys(coming, former)
  expect((await keyStanding(tenantId, secretRotation.keyId())).fields).toContainEqual({
    field: 'document_keys.sealed_key',
    rows: 1,
    stale: 1,
  })
  const actor = systemActor('test')
  const [billed] = await Promise.all([billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z'), resealFields(tenantId, actor)])
  expect(billed).toBe(2)
  await resealFields(tenantId, actor)

  withKeys(coming)
  expect((await keyStanding(tenantId, secretRotation.keyId())).fields).toContainEqual({
    field: 'document_keys.sealed_key',
    rows: 2,
    stale: 0,
  })
  const [anew, second] = await keys()
  expect(anew?.sealed).not.toBe(first?.sealed)
  expect(second?.number).toBe(2)
  expect((await rows()).slice(0, 2)).toEqual(before)
  expect((await invoicesOf(tenantId)).map(({ buyer }) => buyer.addressLines)).toEqual([address, address, address, address])
  expect(await chain()).toMatchObject({ examined: 4, violations: 0 })
  expect((await asOffice(tenantId, presentDocumentKey)).id, 'of those after the change').not.toBe(
    before[0]?.buyer.addressLines[0]?.slice(7, 43),
  )
  withKeys(former)
  await expect(invoicesOf(tenantId)).rejects.toThrow('DATA_SECRET_PREVIOUS')
})

test('a file that was stored before the update is sealed by the job, and its bytes are those that were hashed', async () => {
  withKeys(coming)
  const [row] = await rows()
  const invoiceId = row?.id ?? ''
  const process = processOf(tenantId, deliveryPorts(tenantId))
  const stored = await storeInvoicePdf(process, { invoiceId })
  if (!stored.ok) throw new Error(stored.error)
  const { fileKey, sha256 } = stored.value
  const path = join(environment().LIVERY_DATA_DIR, 'files', fileKey)
  const pdf = Buffer.from((await fileStore().get(fileKey)) ?? [])
  expect([pdf.subarray(0, 5).toString(), createHash('sha256').update(pdf).digest('hex')]).toEqual(['%PDF-', sha256])
  await writeFile(path, pdf)
  await office((ctx) => ctx.db.document.updateMany({ where: { fileKey }, data: { isSealed: false } }))
  expect((await keyStanding(tenantId, secretRotation.keyId())).files).toBe(1)
  expect(await sealFiles(process)).toBe(1)
  expect(await sealFiles(process)).toBe(0)
  expect((await readFile(path)).includes('%PDF-')).toBe(false)
  expect(Buffer.from((await fileStore().get(fileKey)) ?? []).equals(pdf)).toBe(true)
})

test('a document from before the update keeps its readable address in the same chain; an address of another document is found', async () => {
  withKeys(coming)
  const [one, two] = await rows()
  await tamper(`update invoices set buyer = jsonb_set(buyer, '{addressLines}', $1::jsonb) where id = $2`, [
    JSON.stringify(address),
    one?.id ?? '',
  ])
  expect((await invoicesOf(tenantId))[0]?.buyer.addressLines).toEqual(address)
  expect(await chain()).toMatchObject({ examined: 4, violations: 0 })
  await tamper(`update invoices set buyer = jsonb_set(buyer, '{addressLines}', $1::jsonb) where id = $2`, [
    JSON.stringify(one?.buyer.addressLines),
    two?.id ?? '',
  ])
  expect(await chain()).toMatchObject({ examined: 4, violations: 1 })
})
