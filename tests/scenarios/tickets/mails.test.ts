import { beforeAll, expect, test } from 'vitest'
import { inTenant } from '#app/db/context.server.ts'
import { ticketNewsPorts } from '#app/jobs/ticket-news-ports.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { tellOfTicket } from '#app/services/tickets/tell-ticket.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { growTenant } from '#tests/support/tree.ts'
import { answer, asked, type Person, reply } from './desk.ts'

let tenantId: string
let maria: Person
let sam: { userId: string; name: string }
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  maria = { ...(await register(tenantId, 'maria@linde.example', { name: 'Maria Linde', kind: 'personal' })), name: 'Maria Linde' }
  sam = { userId: await staff('sam@ahorn.example', 'support-engineer'), name: 'Sam Stütze' }
  await staff('otto@ahorn.example', 'operator')
})

async function staff(email: string, profile: string): Promise<string> {
  const added = await inTenant(tenantId, (ctx) => addMember(ctx, { email, name: 'Sam Stütze', language: 'de', profile }))
  if (!added.ok) throw new Error(added.error)
  return added.value.userId
}

/** The mails that the last message of a ticket leads to, when its job runs twice. */
async function mailsOfLast(ticketId: string) {
  const last = await inTenant(tenantId, ({ db }) =>
    db.ticketMessage.findFirstOrThrow({ where: { ticketId }, orderBy: { at: 'desc' }, select: { id: true } }),
  )
  const { mails, mailer } = keepingMailer()
  const process = processOf(tenantId, { ...ticketNewsPorts(tenantId), mailer })
  await tellOfTicket(process, last.id)
  await tellOfTicket(process, last.id)
  return [...mails.values()]
}

const to = (mails: Awaited<ReturnType<typeof mailsOfLast>>) => mails.flatMap((mail) => mail.to.map(({ address }) => address)).sort()

test('staff who answer tickets are told what a customer writes, in the store’s name', async () => {
  const id = await asked(tenantId, maria, { subject: 'Server lahmt', body: 'Seit Mittag.\n\nBitte <b>bald</b>.' })
  const mails = await mailsOfLast(id)
  expect(to(mails)).toContain('sam@ahorn.example')
  expect(to(mails)).not.toContain('otto@ahorn.example')
  expect(to(mails)).not.toContain('maria@linde.example')
  const [mail] = mails.filter((one) => one.to[0]?.address === 'sam@ahorn.example')
  expect(mail?.subject).toMatch(/^Server lahmt \[#\d+\]$/)
  expect(mail?.text).toContain('Seit Mittag.')
  expect(mail?.text).toContain(`/office/tickets/${id}`)
  expect(mail?.html).not.toContain('<b>bald</b>')
  expect(JSON.stringify(mail)).not.toMatch(/meridian/i)
})

test('whoever wrote in a ticket is told of an answer, and of nothing that staff note among themselves', async () => {
  const id = await asked(tenantId, maria, { subject: 'Server lahmt' })
  await answer(tenantId, sam, { ticketId: id, body: 'Behoben.' })
  const mails = await mailsOfLast(id)
  expect(to(mails)).toEqual(['maria@linde.example'])
  expect(mails[0]?.text).toContain('Sam Stütze')
  expect(mails[0]?.text).toContain(`/panel/tickets/${id}`)
  await answer(tenantId, sam, { ticketId: id, body: 'War schwierig.', isInternal: true })
  expect(await mailsOfLast(id)).toEqual([])
})

test('somebody who may read the ticket no more is told nothing of it: the owners are', async () => {
  const facts = { email: 'anna@linde.example', name: 'Anna', language: 'de', accountId: maria.accountId, profile: 'customer-member' }
  const added = await inTenant(tenantId, (ctx) => addMember(ctx, facts))
  if (!added.ok) throw new Error(added.error)
  const anna = { userId: added.value.userId, accountId: maria.accountId, name: 'Anna' }
  const id = await asked(tenantId, anna)
  await answer(tenantId, sam, { ticketId: id })
  expect(to(await mailsOfLast(id))).toEqual(['anna@linde.example'])
  await inTenant(tenantId, ({ db }) => db.membership.deleteMany({ where: { userId: anna.userId } }))
  expect(to(await mailsOfLast(id))).toEqual(['maria@linde.example'])
  await reply(tenantId, maria, { ticketId: id })
  await answer(tenantId, sam, { ticketId: id })
  expect(to(await mailsOfLast(id))).toEqual(['maria@linde.example'])
})
