import { v7 } from 'uuid'
import { beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '#app/db/context.server.ts'
import { findTicketFile } from '#app/db/desk/ticket-files.server.ts'
import { forgetTickets } from '#app/db/desk/tickets.server.ts'
import { listTickets, readTicket } from '#app/reports/tickets/query.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { placeResource } from '#app/services/projects/place-resource.server.ts'
import { linkTicket } from '#app/services/tickets/link-ticket.server.ts'
import { moveTicket } from '#app/services/tickets/move-ticket.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { wordsInDump } from '#tests/support/dump.ts'
import { buildCloud, buildServer } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'
import { answer, ask, asked, asPerson, type Person, reply, seenBy } from './desk.ts'

let tenantId: string
let maria: Person
let otto: Person
let sam: { userId: string; name: string }
let serverId: string
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  maria = { ...(await register(tenantId, 'maria@linde.example')), name: 'Maria Linde' }
  otto = { ...(await register(tenantId, 'otto@anders.example')), name: 'Otto Anders' }
  const facts = { email: 'sam@ahorn.example', name: 'Sam Stütze', language: 'de', profile: 'support-engineer' }
  const added = await office((ctx) => addMember(ctx, facts))
  if (!added.ok) throw new Error(added.error)
  sam = { userId: added.value.userId, name: facts.name }
  const { ids } = await buildServer(await buildCloud(tenantId), 'web-1', [{ tenantId, accountId: maria.accountId }])
  serverId = ids[0] ?? ''
})

const office = <T>(work: Parameters<typeof inTenant<T>>[1]) => inTenant(tenantId, work)
const log = { name: 'kern.log', kind: 'text', content: new TextEncoder().encode('oom') } as const

describe('a ticket', () => {
  test('is asked, answered, closed and opened again by the next word; both sides read along, and the words are sealed', async () => {
    const about = { kind: 'server', id: serverId } as const
    const id = await asked(tenantId, maria, { subject: 'Zwiebelkuchen lahmt', body: 'Seit Mittag **langsam**.', link: about, files: [log] })
    expect(await seenBy(tenantId, maria, id)).toMatchObject({
      subject: 'Zwiebelkuchen lahmt',
      state: 'open',
      link: { kind: 'server', id: serverId, name: 'web-1' },
      messages: [
        { author: 'customer', authorName: 'Maria Linde', body: 'Seit Mittag **langsam**.', files: [{ name: 'kern.log', sizeBytes: 3 }] },
      ],
    })
    await answer(tenantId, sam, { ticketId: id, body: 'Wir sehen nach.' })
    expect(await seenBy(tenantId, maria, id)).toMatchObject({
      state: 'answered',
      messages: [{}, { author: 'staff', authorName: 'Sam Stütze' }],
    })
    await asPerson(tenantId, maria, (ctx) => moveTicket(ctx, { ticketId: id, deed: 'close' }))
    expect((await seenBy(tenantId, maria, id))?.state).toBe('closed')
    await reply(tenantId, maria, { ticketId: id, body: 'Doch nicht.' })
    expect((await seenBy(tenantId, maria, id))?.state).toBe('open')
    expect(await wordsInDump(['Zwiebelkuchen', 'Doch nicht.'])).toEqual([])
    const trail = await office(({ db }) =>
      db.auditEntry.findMany({ where: { subjectId: id }, orderBy: { at: 'asc' }, select: { action: true } }),
    )
    expect(trail.map(({ action }) => action)).toEqual(['ticket.opened', 'ticket.answered', 'ticket.closed', 'ticket.answered'])
  })

  test('hides notes among staff, and what is attached to them, from the customer', async () => {
    const id = await asked(tenantId, maria)
    await answer(tenantId, sam, { ticketId: id, body: 'Kunde ist schwierig.', isInternal: true, files: [log] })
    const own = await seenBy(tenantId, maria, id)
    expect(own?.messages).toHaveLength(1)
    expect(own?.state).toBe('open')
    const staff = await office((ctx) => readTicket(ctx, id))
    expect(staff?.messages[1]).toMatchObject({ isInternal: true, body: 'Kunde ist schwierig.' })
    const fileId = staff?.messages[1]?.files[0]?.id ?? ''
    expect(await asPerson(tenantId, maria, (ctx) => findTicketFile(ctx, fileId))).toBeNull()
    expect(await office((ctx) => findTicketFile(ctx, fileId))).toMatchObject({ name: 'kern.log', kind: 'text' })
  })

  test('is nobody else’s to see, answer, close or download from', async () => {
    const id = await asked(tenantId, maria, { files: [log] })
    const fileId = (await seenBy(tenantId, maria, id))?.messages[0]?.files[0]?.id ?? ''
    expect(await seenBy(tenantId, otto, id)).toBeNull()
    expect(await reply(tenantId, otto, { ticketId: id })).toEqual({ ok: false, error: 'ticket-not-found' })
    const close = asPerson(tenantId, otto, (ctx) => moveTicket(ctx, { ticketId: id, deed: 'close' }))
    expect(await close).toEqual({ ok: false, error: 'ticket-not-found' })
    expect(await asPerson(tenantId, otto, (ctx) => findTicketFile(ctx, fileId))).toBeNull()
    const link = { kind: 'server', id: serverId } as const
    expect(await ask(tenantId, otto, { link })).toEqual({ ok: false, error: 'thing-not-found' })
  })

  test('is opened and answered once, however often the form is sent', async () => {
    const form = { ticketId: v7(), messageId: v7() }
    expect(await ask(tenantId, maria, form)).toEqual(await ask(tenantId, maria, form))
    const said = { ticketId: form.ticketId, messageId: v7() }
    await reply(tenantId, maria, said)
    await reply(tenantId, maria, said)
    expect((await seenBy(tenantId, maria, form.ticketId))?.messages).toHaveLength(2)
  })

  test('has the seller’s next number, also where two come at once', async () => {
    const ids = await Promise.all([asked(tenantId, maria), asked(tenantId, otto), asked(tenantId, maria)])
    const rows = await office(({ db }) =>
      db.ticket.findMany({ where: { id: { in: ids } }, select: { number: true }, orderBy: { number: 'asc' } }),
    )
    const [first = 0] = rows.map(({ number }) => number)
    expect(rows.map(({ number }) => number - first)).toEqual([0, 1, 2])
  })

  test('about servers of their projects is seen by people limited to them; anything else of the account is not', async () => {
    const project = await asPerson(tenantId, maria, (ctx) => addProject(ctx, { accountId: maria.accountId, name: 'Shop' }))
    if (!project.ok) throw new Error(project.error)
    await asPerson(tenantId, maria, (ctx) => placeResource(ctx, { resourceId: serverId, projectId: project.value }))
    const limited = { ...maria, projectIds: [project.value] }
    const inside = await asked(tenantId, maria, { link: { kind: 'server', id: serverId }, files: [log] })
    const outside = await asked(tenantId, maria, { subject: 'An invoice' })
    expect((await seenBy(tenantId, limited, inside))?.messages[0]?.files).toHaveLength(1)
    expect(await seenBy(tenantId, limited, outside)).toBeNull()
    expect(await reply(tenantId, limited, { ticketId: inside })).toEqual({ ok: true, value: null })
    expect(await reply(tenantId, limited, { ticketId: outside })).toEqual({ ok: false, error: 'ticket-not-found' })
  })
})

test('staff say later what a ticket is about; people limited to projects see it from then on', async () => {
  const project = await asPerson(tenantId, maria, (ctx) => addProject(ctx, { accountId: maria.accountId, name: 'Later' }))
  if (!project.ok) throw new Error(project.error)
  await asPerson(tenantId, maria, (ctx) => placeResource(ctx, { resourceId: serverId, projectId: project.value }))
  const limited = { ...maria, projectIds: [project.value] }
  const id = await asked(tenantId, maria, { files: [log] })
  expect(await seenBy(tenantId, limited, id)).toBeNull()
  const link = { kind: 'server', id: serverId } as const
  expect(await office((ctx) => linkTicket(ctx, { ticketId: id, link }))).toEqual({ ok: true, value: null })
  expect((await seenBy(tenantId, limited, id))?.messages[0]?.files).toHaveLength(1)
  const foreign = await asked(tenantId, otto)
  expect(await office((ctx) => linkTicket(ctx, { ticketId: foreign, link }))).toEqual({ ok: false, error: 'thing-not-found' })
})

test('the office sees what waits longest first, and what is closed last', async () => {
  const person = { ...(await register(tenantId, 'queue@kunde.example')), name: 'Queue' }
  const first = await asked(tenantId, person, { subject: 'First' })
  const second = await asked(tenantId, person, { subject: 'Second' })
  const third = await asked(tenantId, person, { subject: 'Third' })
  await answer(tenantId, sam, { ticketId: first })
  await office((ctx) => moveTicket(ctx, { ticketId: second, deed: 'close' }))
  const list = async (state?: 'open') => {
    const { rows } = await office((ctx) => listTickets(ctx, { state, accountId: person.accountId, page: 1 }))
    return rows.map(({ id }) => id)
  }
  expect(await list()).toEqual([third, first, second])
  expect(await list('open')).toEqual([third])
})

test('an account has at most fifty open tickets', async () => {
  const person = { ...(await register(tenantId, 'many@kunde.example')), name: 'Many' }
  for (let count = 0; count < 50; count += 1) await asked(tenantId, person)
  expect(await ask(tenantId, person)).toEqual({ ok: false, error: 'too-many-tickets' })
})

test('nothing of a ticket is left when its account is erased', async () => {
  const person = { ...(await register(tenantId, 'gone@kunde.example')), name: 'Gone' }
  const id = await asked(tenantId, person, { files: [log] })
  await office((ctx) => forgetTickets(ctx, [person.accountId]))
  expect(await office((ctx) => readTicket(ctx, id))).toBeNull()
  expect(await office(({ db }) => db.ticketFile.count({ where: { ticketId: id } }))).toBe(0)
})
