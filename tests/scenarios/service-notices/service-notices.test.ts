import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { saveChoice } from '#app/db/people/notices.server.ts'
import { noticePorts } from '#app/jobs/notice-ports.server.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { readNotices } from '#app/reports/budgets/query.server.ts'
import { readPanelShell } from '#app/reports/panel-shell/query.server.ts'
import { mailNotice } from '#app/services/budgets/mail-notice.server.ts'
import { type PublishNoticeInput, publishNotice, updateNotice } from '#app/services/service-notices/publish-notice.server.ts'
import { tellAffected } from '#app/services/service-notices/tell-affected.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { buildAccount, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
beforeEach(async () => {
  setClock(fixedClock('2026-06-10T08:00:00Z'))
  tenantId ??= await growTenant('ahorn')
})
afterEach(() => setClock())

async function customer(zone: string, cloudRef: string = v7()): Promise<string> {
  const accountId = await buildAccount(tenantId)
  await buildContract(tenantId, { accountId, priceBookId: (await buildPriceBook(tenantId, [])).priceBookId })
  const server = { cloudRef, externalId: v7(), kind: 'server', name: 'shop', state: 'running', zone, spec: {}, isManaged: true }
  await inTenant(tenantId, ({ db, now }) =>
    db.resource.createMany({ data: [{ tenantId, id: v7(), accountId, ...server, createdAt: now }] }),
  )
  return accountId
}

const planned = (facts: Partial<PublishNoticeInput> = {}): PublishNoticeInput => ({
  kind: 'maintenance',
  state: 'planned',
  zone: 'fra-1',
  cloudRef: null,
  title: 'New switches',
  text: 'Ten minutes without network.',
  startsAt: new Date('2026-06-12T22:00:00Z'),
  endsAt: new Date('2026-06-12T23:00:00Z'),
  ...facts,
})
const publish = (facts: Partial<PublishNoticeInput> = {}) => inTenant(tenantId, (ctx) => publishNotice(ctx, planned(facts)))

/** What the job does with every update that waits. */
async function tell() {
  const updates = await inTenant(tenantId, ({ db }) =>
    db.serviceNoticeUpdate.findMany({ select: { id: true }, orderBy: { at: 'asc' }, take: 20 }),
  )
  for (const { id: updateId } of updates) {
    for (let afterId: string | null = null; ; ) {
      const after: string | null = afterId
      afterId = await tellAffected(processOf(tenantId, {}), { updateId, afterId: after })
      if (afterId === null) break
    }
  }
}
const toldOf = async (accountId: string) =>
  (await inPanel(tenantId, [accountId], (ctx) => readNotices(ctx))).flatMap(({ notice }) =>
    notice.code === 'service-notice' ? [`${notice.kind} ${notice.state} ${notice.title}`] : [],
  )
const banner = async (accountId: string) =>
  (await inPanel(tenantId, [accountId], (ctx) => readPanelShell(ctx, accountId))).service.map(({ text }) => text)

test('customers with something in the region are told, others not; each update once, until it is over', async () => {
  const cloudRef = v7()
  const [here, there, sameName] = [await customer('fra-1', cloudRef), await customer('vie-1', cloudRef), await customer('fra-1')]
  const published = await publish({ cloudRef })
  if (!published.ok) throw new Error(published.error)
  await tell()
  await tell()
  expect([await toldOf(here), await toldOf(there), await toldOf(sameName)]).toEqual([['maintenance planned New switches'], [], []])
  expect(await banner(here)).toEqual(['Ten minutes without network.'])

  setClock(fixedClock('2026-06-12T23:10:00Z'))
  const over = { noticeId: published.value, state: 'resolved', text: 'All links are up.', endsAt: null } as const
  expect((await inTenant(tenantId, (ctx) => updateNotice(ctx, over))).ok).toBe(true)
  expect(await inTenant(tenantId, (ctx) => updateNotice(ctx, over))).toEqual({ ok: false, error: 'resolved-before' })
  await tell()
  expect(await toldOf(here)).toEqual(['maintenance resolved New switches', 'maintenance planned New switches'])
  expect(await banner(here)).toEqual([])
})

test('mail goes to whom the account chose, in its words and the seller’s hours', async () => {
  const accountId = await customer('ber-1')
  await inPanel(tenantId, [accountId], (ctx) =>
    saveChoice(ctx, accountId, 'service', { mails: ['ops@huber.example'], isShown: false, isPosted: false }),
  )
  await publish({ zone: 'ber-1' })
  await tell()
  expect(await toldOf(accountId)).toEqual([])
  const sent: Mail[] = []
  const ports = { ...noticePorts(), mailer: { send: async (mail: Mail) => ({ messageId: String(sent.push(mail)) }) } }
  const { id } = await inTenant(tenantId, ({ db }) => db.notice.findFirstOrThrow({ where: { accountId }, select: { id: true } }))
  await mailNotice(processOf(tenantId, ports), id)
  expect(sent.map(({ to }) => to[0]?.address)).toEqual(['ops@huber.example'])
  expect(sent[0]?.text).toMatch(/Ten minutes without network/)
  expect(sent[0]?.text).toMatch(/ber-1/)
  expect(sent[0]?.text).toMatch(/13/)
})

test('what is planned lies ahead, and ends after it begins', async () => {
  expect(await publish({ startsAt: new Date('2026-06-10T08:00:00Z') })).toEqual({ ok: false, error: 'planned-in-past' })
  expect(await publish({ endsAt: new Date('2026-06-12T22:00:00Z') })).toEqual({ ok: false, error: 'ends-before-start' })
})
