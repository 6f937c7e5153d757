import { type InngestFunction, invoke, staticSchema } from 'inngest'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { TestClient } from '#tests/integration/jobs/jobs-bench.ts'

/** Reports a place to the driver and waits for its leave to go on; the leave may never come. */
export type Report = (place: string) => Promise<void>

/** Every effect that one order has, whoever runs its steps and however often. */
export const effectsPerOrder = ['plain', 'left', 'middle', 'right', 'respond', 'child', 'flaky', 'last'] as const
export type EffectName = (typeof effectsPerOrder)[number]

/**
 * An effect as a use case has it: its row with a natural key and the money it moves, in one transaction. Answers the
 * token of the row that stands, so that a memoised result can be held against the effect it came from.
 */
async function haveEffect(pool: pg.Pool, report: Report, order: string, name: EffectName): Promise<string> {
  await report(`${order}/${name}: step begins`)
  const client = await pool.connect()
  try {
    await client.query('insert into kill.executions (order_key, name) values ($1, $2)', [order, name])
    await client.query('begin')
    const { rowCount } = await client.query(
      'insert into kill.effects (order_key, name, token) values ($1, $2, $3) on conflict on constraint effects_pkey do nothing',
      [order, name, uuidv7()],
    )
    if (rowCount === 1) await client.query('update kill.balances set amount = amount + 1 where order_key = $1', [order])
    await report(`${order}/${name}: effect not committed`)
    await client.query('commit')
    await report(`${order}/${name}: effect committed`)
    const { rows } = await client.query<{ token: string }>('select token from kill.effects where order_key = $1 and name = $2', [
      order,
      name,
    ])
    return rows[0]?.token ?? 'none'
  } finally {
    client.release()
  }
}

/** Functions with every kind of step: plain, parallel, sleep, awaited event, sent event, invoked function, a retry. */
export function killFunctions(client: TestClient, pool: pg.Pool, report: Report): InngestFunction.Any[] {
  const effect = (order: string, name: EffectName) => haveEffect(pool, report, order, name)

  const child = client.createFunction({ id: 'child', triggers: [invoke(staticSchema<{ order: string }>())] }, ({ event, step }) =>
    step.run('child', () => effect(event.data.order, 'child')),
  )

  const responder = client.createFunction({ id: 'responder', triggers: [{ event: 'kill/asked' }] }, async ({ event, step }) => {
    const { order } = event.data
    const token = await step.run('respond', () => effect(order, 'respond'))
    await step.sendEvent('answer', { name: 'kill/answered', data: { order, token } })
  })

  const order = client.createFunction(
    { id: 'order', triggers: [{ event: 'kill/ordered' }], retries: 20 },
    async ({ event, step, attempt }) => {
      const key: string = event.data.order
      await report(`${key}: between steps`)
      const plain = await step.run('plain', () => effect(key, 'plain'))
      const [left, middle, right] = await Promise.all([
        step.run('left', () => effect(key, 'left')),
        step.run('middle', () => effect(key, 'middle')),
        step.run('right', () => effect(key, 'right')),
      ])
      await step.sleep('nap', '1s')
      const [answer] = await Promise.all([
        step.waitForEvent('answer', { event: 'kill/answered', match: 'data.order', timeout: '1h' }),
        step.sendEvent('ask', { name: 'kill/asked', data: { order: key } }),
      ])
      const invoked = await step.invoke('invoke', { function: child, data: { order: key } })
      const flaky = await step.run('flaky', () => {
        if (attempt === 0) throw new Error('the first try fails')
        return effect(key, 'flaky')
      })
      const last = await step.run('last', () => effect(key, 'last'))
      return { plain, left, middle, right, respond: answer?.data.token, child: invoked, flaky, last }
    },
  )

  return [child, responder, order]
}
