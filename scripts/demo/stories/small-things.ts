import { randomUUID } from 'node:crypto'
import { money } from '#app/domain/money/money.ts'
import { issueCodes } from '#app/services/gifts/issue-codes.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { publishNotice } from '#app/services/service-notices/publish-notice.server.ts'
import { openTicket } from '#app/services/tickets/open-ticket.server.ts'
import { inPanel } from '#app/wiring.server.ts'
import { demoId, tenantOf } from '#prisma/seed/accounts.ts'
import type { Slug } from '#prisma/seed/sellers.ts'
import { asStaff, dateOf, done, type Stage } from './story.ts'

const dayMs = 86_400_000

/** A project of a customer, work on a region that is announced, codes to give away. Safe to repeat. */
export async function smallThings(stage: Stage, now: Date): Promise<void> {
  await keepProject(stage, { seller: 'ahorn', customer: 'linde', name: 'Webshop' })
  await keepProject(stage, { seller: 'nakhla', customer: 'oasis', name: 'الحجوزات' })
  await announceWork(stage, now, { email: 'mara@meridian.example', title: 'Wartung der Speicher in Paris' })
  await announceWork(stage, now, { email: 'layla@nakhla.example', title: 'صيانة التخزين في باريس' })
  await giveAway(stage, now, { email: 'mara@meridian.example', name: 'Messe Hannover', currency: 'EUR' })
  await giveAway(stage, now, { email: 'layla@nakhla.example', name: 'معرض دبي', currency: 'AED' })
  await ask(stage, { seller: 'ahorn', customer: 'linde', name: 'Maria Linde', subject: 'Rechnung an eine andere Adresse' })
  await ask(stage, { seller: 'nakhla', customer: 'oasis', name: 'Omar Haddad', subject: 'سؤال عن الفاتورة الأخيرة' })
  await ask(stage, { seller: 'meridian', customer: 'brandt', name: 'Lena Brandt', subject: 'Zweiter Ansprechpartner' })
}

type Question = { readonly seller: Slug; readonly customer: string; readonly name: string; readonly subject: string }

/** A question of a customer that waits for its seller. */
async function ask({ sellers }: Stage, { seller, customer, name, subject }: Question): Promise<void> {
  const [tenantId, accountId] = [tenantOf(sellers, seller), demoId('account', customer)]
  await inPanel(tenantId, [accountId], async (ctx) => {
    if ((await ctx.db.ticket.count({ where: { tenantId, accountId } })) > 0) return
    const ids = { ticketId: randomUUID(), messageId: randomUUID(), accountIds: [accountId] as const }
    const written = { side: 'customer', authorName: name, subject, body: `${subject}?`, files: [], link: null } as const
    done(await openTicket(ctx, { ...ids, ...written }), subject)
  })
}

type Project = { readonly seller: Slug; readonly customer: string; readonly name: string }

async function keepProject({ sellers }: Stage, { seller, customer, name }: Project): Promise<void> {
  const [tenantId, accountId] = [tenantOf(sellers, seller), demoId('account', customer)]
  await inPanel(tenantId, [accountId], async (ctx) => {
    if ((await ctx.db.project.count({ where: { tenantId, accountId } })) > 0) return
    done(await addProject(ctx, { accountId, name }), name)
  })
}

async function announceWork(stage: Stage, now: Date, { email, title }: { readonly email: string; readonly title: string }): Promise<void> {
  await asStaff(stage, email, async (ctx) => {
    if ((await ctx.db.serviceNotice.count({ where: { tenantId: ctx.tenantId } })) > 0) return
    const startsAt = new Date(now.getTime() + 7 * dayMs)
    const span = { startsAt, endsAt: new Date(startsAt.getTime() + dayMs / 12) }
    const place = { zone: 'par-1', cloudRef: null }
    done(await publishNotice(ctx, { kind: 'maintenance', state: 'planned', title, text: title, ...span, ...place }), title)
  })
}

type Gift = { readonly email: string; readonly name: string; readonly currency: string }

async function giveAway(stage: Stage, now: Date, { email, name, currency }: Gift): Promise<void> {
  await asStaff(stage, email, async (ctx) => {
    const batch = {
      name,
      codes: 20,
      amount: money(1000n, currency),
      redeemUntil: dateOf(new Date(now.getTime() + 90 * dayMs)),
      lastsDays: 90,
    }
    const issued = await issueCodes(ctx, { ...batch, formKey: `demo:${name}` })
    if (!issued.ok && issued.error !== 'issued-before') done(issued, name)
  })
}
