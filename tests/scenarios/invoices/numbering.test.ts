import { afterEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { money } from '#app/domain/money/money.ts'
import { err } from '#app/domain/shared/result.ts'
import { listNumberSeries } from '#app/reports/invoices/number-series.server.ts'
import { createCreditNote } from '#app/services/invoices/create-credit-note.server.ts'
import { setNumberFormat } from '#app/services/invoices/set-number-format.server.ts'
import { asOffice, buildTenant } from '#tests/support/builders.ts'
import { chainProblems } from '#tests/support/invoice-series.ts'
import { creditAmount, sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

const set = (tenantId: string, documentType: 'invoice' | 'credit-note', format: string) =>
  asOffice(tenantId, (ctx) => setNumberFormat(ctx, { documentType, format }))

test('fifty people who credit at once, every third of whom fails, leave no gap, no double, and dates in number order', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  const request = { kind: 'amount', amount: money(10n, 'EUR') } as const
  setClock({ now: () => new Date(Date.UTC(2026, 6, 9, 21, 30) + Math.floor(Math.random() * 3_600_000)) })
  await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      asOffice(tenantId, async (ctx) => {
        const made = await createCreditNote(ctx, { invoiceId: invoice.id, request, reason: `Try ${newId()}`, isChargedAgain: false })
        return index % 3 === 0 ? err('changed-my-mind') : made
      }),
    ),
  )
  const notes = await asOffice(
    tenantId,
    ({ db }) => db.$queryRaw<{ number: string; day: string }[]>`
      select number, issue_date::text as day from invoices where document_type = 'credit-note' order by sequence`,
  )
  expect(notes.map(({ number }) => number)).toEqual(Array.from({ length: 33 }, (_, n) => `MG-CN-2026-${String(n + 1).padStart(5, '0')}`))
  expect(notes.map(({ day }) => day)).toEqual(notes.map(({ day }) => day).sort())
  expect(await chainProblems(tenantId)).toEqual([])
})

test('a new look of the numbers begins with the next one, and the counter goes on', async () => {
  const { tenantId, invoice } = await sellerWithInvoice()
  setClock(fixedClock('2026-07-09T08:00:00Z'))
  await creditAmount(tenantId, invoice.id, 100n)
  expect(await set(tenantId, 'credit-note', 'GS{year}.{number:3}')).toEqual({ ok: true, value: undefined })
  const [, credits] = await asOffice(tenantId, listNumberSeries)
  expect(credits).toEqual({ documentType: 'credit-note', format: 'GS{year}.{number:3}', nextNumber: 'GS2026.002', taken: 1 })
  const second = await creditAmount(tenantId, invoice.id, 100n)
  expect(second.ok && second.value.number).toBe('GS2026.002')
})

test('a look whose numbers could be equal to those of another series is refused', async () => {
  const tenantId = await buildTenant()
  expect(await set(tenantId, 'credit-note', '{prefix}-{year}-{number:6}')).toEqual({ ok: false, error: 'numbers-may-collide' })
  expect(await set(tenantId, 'invoice', '{prefix}-{number:5}-{year}')).toEqual({ ok: false, error: 'numbers-may-collide' })
  expect(await set(tenantId, 'invoice', '{prefix}-{year}-{number:7}')).toEqual({ ok: true, value: undefined })
  expect(await set(tenantId, 'invoice', 'R-{number}')).toEqual({ ok: false, error: 'year-missing' })
})
