import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { createDiskFileStore } from '#app/adapters/files/disk-file-store.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel } from '#app/db/context.server.ts'
import { scheduledWishes } from '#app/domain/export-schedule/scheduled-wish.ts'
import { fileParts } from '#app/jobs/export-contents.server.ts'
import { exportLink, exportMailPorts, failureMailPorts } from '#app/jobs/export-ports.server.ts'
import { writeFile } from '#app/jobs/write-file.server.ts'
import { readLinkedExport } from '#app/reports/exports/list.server.ts'
import { readSchedules } from '#app/reports/exports/schedules.server.ts'
import { failExport, finishExport, prepareExport } from '#app/services/exports/finish-export.server.ts'
import { mailExport } from '#app/services/exports/hand-over.server.ts'
import { type AddScheduleInput, addSchedule, changeSchedule } from '#app/services/exports/keep-schedule.server.ts'
import { openScheduledExports } from '#app/services/exports/run-schedules.server.ts'
import { mailFailure } from '#app/services/exports/tell-of-failure.server.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { addEndpoint } from '#app/services/webhooks/keep-endpoint.server.ts'
import { sealWebhookSecret } from '#app/wiring.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'

afterEach(() => setClock())

const at = (instant: string) => setClock(fixedClock(instant))
const byMail = { rhythm: 'daily', delivery: 'mail', mails: ['a@example.test', 'b@example.test'], language: 'de' } as const

/** A seller in Frankfurt with an invoice of June, on 1 July. */
async function seller() {
  const facts = await sellerWithInvoice()
  at('2026-07-01T06:00:00Z')
  const { tenantId } = facts
  const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(tenantId, work)
  const order = async (input: Partial<AddScheduleInput> & Pick<AddScheduleInput, 'kind' | 'format' | 'side'>) => {
    const wish = { accountId: null, ...byMail, ...input } as AddScheduleInput
    const added = await office((ctx) => addSchedule(ctx, wish))
    if (!added.ok) throw new Error(added.error)
  }
  const asked = () => office(({ db }) => db.export.findMany({ orderBy: [{ dueOn: 'asc' }, { kind: 'asc' }] }))
  const days = async () => (await asked()).map(({ kind, dueOn, period }) => `${kind} ${day(dueOn)} ${day(period).slice(0, 7)}`)
  const schedules = () => office((ctx) => readSchedules(ctx, null))
  return {
    ...facts,
    office,
    order,
    asked,
    days,
    schedules,
    open: async () => (await office((ctx) => openScheduledExports(ctx, null))).opened,
  }
}

const day = (date: Date | null) => date?.toISOString().slice(0, 10) ?? ''

/** Makes the file of an export, as the job does. */
async function make(tenantId: string, exportId: string) {
  const files = createDiskFileStore({ root: await mkdtemp(join(tmpdir(), 'exports-')) })
  const wish = await asOffice(tenantId, (ctx) => prepareExport(ctx, exportId))
  if (!wish) throw new Error('there is no export')
  const key = `exports/${tenantId}/${exportId}`
  const written = await writeFile(fileParts(tenantId, wish), (bytes) => files.putParts(key, bytes))
  const link = exportLink(tenantId, exportId)
  const finish = () => asOffice(tenantId, (ctx) => finishExport(ctx, { exportId, file: { key, ...written }, link }))
  const text = async () => Buffer.from((await files.get(key)) ?? []).toString()
  return { finish, text: await text(), token: link.token }
}

test('a daily file is made once a day from three in the morning, and days that were missed are made up for by one', async () => {
  const { order, open, days, schedules } = await seller()
  await order(scheduledWishes['focus-sell'])
  expect((await schedules()).map(({ what, nextOn, lastOn }) => [what, nextOn, lastOn])).toEqual([['focus-sell', '2026-07-02', null]])
  at('2026-07-02T00:30:00Z')
  expect(await open()).toBe(0)
  at('2026-07-02T01:30:00Z')
  expect([await open(), await open()]).toEqual([1, 0])
  at('2026-07-06T08:00:00Z')
  expect(await Promise.all([open(), open()])).toEqual(expect.arrayContaining([1, 0]))
  expect(await days()).toEqual(['focus 2026-07-02 2026-07', 'focus 2026-07-06 2026-07'])
  expect((await schedules()).map(({ nextOn, lastOn }) => [nextOn, lastOn])).toEqual([['2026-07-07', '2026-07-06']])
})

test('months that were missed each have their file; the books of a month wait until it is closed', async () => {
  const { order, open, days, office, schedules } = await seller()
  await order({ ...scheduledWishes.revenue, rhythm: 'monthly' })
  await order({ ...scheduledWishes.datev, rhythm: 'monthly' })
  at('2026-09-10T08:00:00Z')
  expect(await open()).toBe(2)
  expect(await days()).toEqual(['revenue 2026-08-01 2026-07', 'revenue 2026-09-01 2026-08'])
  const closed = await office((ctx) => closePeriod(ctx, { month: '2026-07' }))
  expect(closed.ok).toBe(true)
  expect(await open()).toBe(1)
  expect((await days()).slice(0, 1)).toEqual(['accounting 2026-08-01 2026-07'])
  expect((await schedules()).map(({ what, nextOn }) => [what, nextOn])).toEqual([
    ['revenue', '2026-10-01'],
    ['datev', '2026-09-01'],
  ])
})

test('a finished file is mailed once to each address, with a link that ends; nothing else is handed over', async () => {
  const { order, open, asked, office, tenantId } = await seller()
  await order({ ...scheduledWishes.aging })
  at('2026-07-02T06:00:00Z')
  await open()
  const [row] = await asked()
  const exportId = row?.id ?? ''
  const { finish, text, token } = await make(tenantId, exportId)
  expect(text.split('\r\n').slice(1, 2)).toEqual([expect.stringMatching(/^2026-07-01,Brandt Versand GmbH,EUR,40\.34,4034,/)])
  for (const _ of [1, 2]) await finish()
  const opened = await office(({ db }) => db.outboxEvent.findMany({ where: { name: 'export/mail.opened' } }))
  const { mails, mailer } = keepingMailer()
  const process = processOf(tenantId, { ...exportMailPorts(tenantId, exportId), mailer })
  for (const { data } of [...opened, ...opened]) await mailExport(process, data as { exportId: string; place: number })
  expect([...mails.values()].map(({ to, subject, language }) => [to[0]?.address, subject, language])).toEqual([
    ['a@example.test', 'Offene Posten nach Alter, 1. Juli 2026: die Datei ist fertig', 'de'],
    ['b@example.test', 'Offene Posten nach Alter, 1. Juli 2026: die Datei ist fertig', 'de'],
  ])
  expect([...mails.values()][0]?.text).toContain(`/exports/${token}`)

  const linked = () => office((ctx) => readLinkedExport(ctx, token))
  expect(await linked()).toMatchObject({ filename: 'aging-meridian-2026-07-01.csv', isExpired: false })
  expect(await office((ctx) => readLinkedExport(ctx, `${token.slice(1)}A`))).toBeUndefined()
  at('2026-07-09T07:00:00Z')
  expect(await linked()).toMatchObject({ isExpired: true })
})

test('a file that cannot be made is mailed to those who wait for it, once until one is made again', async () => {
  const { order, open, asked, office, tenantId } = await seller()
  await order(scheduledWishes['focus-sell'])
  const failures = () =>
    office(({ db }) => db.outboxEvent.findMany({ where: { name: 'export/failure-mail.opened' }, orderBy: { id: 'asc' } }))
  const dayAfter = async (instant: string) => {
    at(instant)
    await open()
    return (await asked()).at(-1)?.id ?? ''
  }
  const fails = (exportId: string) => office((ctx) => failExport(ctx, exportId))
  const first = await dayAfter('2026-07-02T06:00:00Z')
  for (const _ of [1, 2]) await fails(first)
  expect(await failures()).toHaveLength(2)
  await fails(await dayAfter('2026-07-03T06:00:00Z'))
  expect(await failures()).toHaveLength(2)

  const { mails, mailer } = keepingMailer()
  const process = processOf(tenantId, { ...failureMailPorts(), mailer })
  for (const { data } of [...(await failures()), ...(await failures())])
    await mailFailure(process, data as { exportId: string; place: number })
  expect([...mails.values()].map(({ to, subject }) => [to[0]?.address, subject])).toEqual([
    ['a@example.test', 'Kostendaten (FOCUS 1.2), Juli 2026: die Datei konnte nicht erstellt werden'],
    ['b@example.test', 'Kostendaten (FOCUS 1.2), Juli 2026: die Datei konnte nicht erstellt werden'],
  ])
  expect([...mails.values()][0]?.text).toContain('/office/exports/schedules')

  await (await make(tenantId, await dayAfter('2026-07-04T06:00:00Z'))).finish()
  await fails(await dayAfter('2026-07-05T06:00:00Z'))
  expect(await failures()).toHaveLength(4)
})

test('a buyer’s file holds what its panel shows, and its own endpoint alone is told', async () => {
  const { office, open, asked, tenantId, accountId, invoice } = await seller()
  const wish = { ...scheduledWishes.cost, accountId, rhythm: 'monthly', delivery: 'webhook', mails: [], language: 'en' } as const
  const order = () => inPanel(tenantId, [accountId], (ctx) => addSchedule(ctx, wish))
  expect(await order()).toEqual({ ok: false, error: 'no-endpoint' })
  for (const owner of [accountId, null]) {
    const input = { accountId: owner, url: 'https://hooks.example.com/in', eventTypes: ['export.ready'] } as const
    await office((ctx) => addEndpoint(ctx, input, sealWebhookSecret))
  }
  expect((await order()).ok).toBe(true)
  await office(({ db }) => db.$executeRaw`update export_schedules set next_on = '2026-07-01'`)
  await open()
  const [row] = await asked()
  const { finish, text } = await make(tenantId, row?.id ?? '')
  expect(text).toContain(invoice.number)
  await finish()
  const told = await office(({ db }) => db.webhookDelivery.findMany({ where: { eventType: 'export.ready' } }))
  expect(told.map((delivery) => delivery.accountId)).toEqual([accountId])
  expect(JSON.parse(told[0]?.body ?? '{}')).toMatchObject({ type: 'export.ready', data: { kind: 'focus', month: '2026-06', rows: 3 } })
})

test('a paused schedule makes nothing and starts with its next day; nobody changes one of another owner', async () => {
  const { order, open, schedules, office, accountId } = await seller()
  await order(scheduledWishes['focus-sell'])
  const [{ id: scheduleId } = { id: '' }] = await schedules()
  const change = (state: 'active' | 'paused' | 'removed', owner: string | null = null) =>
    office((ctx) => changeSchedule(ctx, { scheduleId, accountId: owner, state }))
  expect(await change('removed', accountId)).toEqual({ ok: false, error: 'schedule-not-found' })
  await change('paused')
  at('2026-07-05T08:00:00Z')
  expect(await open()).toBe(0)
  await change('active')
  expect([await open(), (await schedules())[0]?.nextOn]).toEqual([0, '2026-07-06'])
  await change('removed')
  at('2026-07-07T08:00:00Z')
  expect([await open(), await schedules()]).toEqual([0, []])
})
