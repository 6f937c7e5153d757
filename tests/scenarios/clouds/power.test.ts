import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { listServers } from '#app/reports/servers/query.server.ts'
import { requestPower } from '#app/services/servers/request-power.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { buildCloud, buildServer, stateAt, work } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let accountId: string
let cloudRef: string
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  cloudRef = await buildCloud(tenantId)
  accountId = (await register(tenantId, 'power@kunde.example')).accountId
})

afterEach(() => setClock())

/** A server that was built an hour ago. */
async function server(name: string, holder = accountId): Promise<string> {
  setClock(fixedClock('2026-06-01T08:00:00Z'))
  const { ids } = await buildServer(cloudRef, name, [{ tenantId, accountId: holder }])
  setClock(fixedClock('2026-06-01T09:00:00Z'))
  return ids[0] ?? ''
}

const ask = (action: 'start' | 'stop' | 'reboot', serverIds: readonly string[]) =>
  inPanel(tenantId, [accountId], (ctx) => requestPower(ctx, { action, serverIds, userName: 'Lena Berger' }))

describe('several servers at once', () => {
  test('are stopped and started again, each once however often it is named', async () => {
    const [shop, mail] = [await server('shop'), await server('mail')]
    expect(await ask('stop', [shop, mail, shop])).toEqual({ asked: 2, refused: [] })
    await work([tenantId])
    expect([await stateAt(tenantId, shop), await stateAt(tenantId, mail)]).toEqual(['stopped', 'stopped'])
    expect(await ask('start', [shop, mail])).toEqual({ asked: 2, refused: [] })
    await work([tenantId])
    expect([await stateAt(tenantId, shop), await stateAt(tenantId, mail)]).toEqual(['running', 'running'])
  })

  test('do not wait for one that refuses, which is named with the reason', async () => {
    const [here, busy] = [await server('here'), await server('busy')]
    expect(await ask('reboot', [busy])).toEqual({ asked: 1, refused: [] })
    expect(await ask('stop', [here, busy])).toEqual({ asked: 1, refused: [{ serverId: busy, problem: 'action-pending' }] })
    await work([tenantId])
    expect(await stateAt(tenantId, here)).toBe('stopped')
    expect(await ask('stop', [here])).toEqual({ asked: 0, refused: [{ serverId: here, problem: 'action-not-possible' }] })
  })

  test('of another account are not there', async () => {
    const other = await register(tenantId, 'power-other@kunde.example')
    const theirs = await server('theirs', other.accountId)
    expect(await ask('stop', [theirs])).toEqual({ asked: 0, refused: [{ serverId: theirs, problem: 'server-not-found' }] })
    expect(await stateAt(tenantId, theirs)).toBe('running')
  })
})

test('the list says what may be asked of each server now', async () => {
  const id = await server('listed')
  const listed = () =>
    inTenant(tenantId, async (ctx) => (await listServers(ctx, { ids: [id], page: 1, language: 'en' })).rows.map(({ actions }) => actions))
  expect(await listed()).toEqual([['stop', 'reboot', 'destroy']])
  await ask('stop', [id])
  expect(await listed()).toEqual([[]])
})
