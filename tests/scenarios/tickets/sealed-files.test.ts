import { afterEach, beforeAll, expect, test } from 'vitest'
import { provideEnvironment } from '#app/config/env.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { findTicketFile } from '#app/db/desk/ticket-files.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { resealFields } from '#app/services/secrets/reseal-fields.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { asAdmin, wordsInDump } from '#tests/support/dump.ts'
import { growTenant } from '#tests/support/tree.ts'
import { asked, type Person, seenBy } from './desk.ts'

const [former, coming] = ['the former secret of the data, long enough', 'the coming secret of the data, long enough']
const withKeys = (present: string, previous = '') => provideEnvironment({ DATA_SECRET: present, DATA_SECRET_PREVIOUS: previous })
const file = (text: string) => ({ name: 'kern.log', kind: 'text', content: new TextEncoder().encode(text) }) as const

let tenantId: string
let maria: Person
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  maria = { ...(await register(tenantId, 'maria@linde.example')), name: 'Maria Linde' }
})
afterEach(() => withKeys(''))

const textOf = async (fileId: string) => {
  const found = await inTenant(tenantId, (ctx) => findTicketFile(ctx, fileId))
  return found && new TextDecoder().decode(found.content)
}

async function sent(text: string): Promise<string> {
  const ticketId = await asked(tenantId, maria, { files: [file(text)] })
  return (await seenBy(tenantId, maria, ticketId))?.messages[0]?.files[0]?.id ?? ''
}

test('a file is told by no dump, and opens under the key after a change as under the one before', async () => {
  withKeys(former)
  const fileId = await sent('zwetschgendatschi: out of memory')
  expect(await wordsInDump(['zwetschgendatschi'])).toEqual([])
  expect(await textOf(fileId)).toBe('zwetschgendatschi: out of memory')

  withKeys(coming, former)
  await resealFields(tenantId, systemActor('test'))
  withKeys(coming)
  expect(await textOf(fileId)).toBe('zwetschgendatschi: out of memory')
})

test('a file opens in no other row; one from before there was sealing is read as it is', async () => {
  const [one, other, before] = [await sent('one'), await sent('two'), await sent('old')]
  await asAdmin(async (client) => {
    const from = 'from ticket_files f where f.id = $1 and t.id = $2'
    await client.query(`update ticket_files t set content = f.content, content_key = f.content_key ${from}`, [one, other])
    await client.query(`update ticket_files set content = 'old', content_key = null where id = $1`, [before])
  })
  expect(await textOf(one)).toBe('one')
  await expect(textOf(other)).rejects.toThrow()
  expect(await textOf(before)).toBe('old')
})
