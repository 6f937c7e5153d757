import type pg from 'pg'
import { effectsPerOrder } from './kill-functions.ts'

export type KillReport = {
  readonly orders: number
  readonly effects: number
  /** Steps whose body ran more than once: without them the test would prove nothing. */
  readonly repeatedSteps: number
  readonly lost: readonly string[]
  readonly doubled: readonly string[]
  readonly places: ReadonlyMap<string, number>
  readonly troubles: readonly string[]
}

/** The tables that effects go to. The runtime role writes them, as use cases do. */
export async function prepareOrders(admin: pg.Pool): Promise<void> {
  await admin.query(`
    drop schema if exists kill cascade;
    create schema kill;
    create table kill.effects (order_key text, name text, token text not null, constraint effects_pkey primary key (order_key, name));
    create table kill.executions (order_key text not null, name text not null);
    create table kill.balances (order_key text, amount integer not null, constraint balances_pkey primary key (order_key));
    grant usage on schema kill to livery_app, livery_jobs;
    grant select on all tables in schema kill to livery_jobs;
    grant select, insert, update on all tables in schema kill to livery_app;
  `)
}

/** Removes the tables again. */
export async function dropOrders(admin: pg.Pool): Promise<void> {
  await admin.query('drop schema if exists kill cascade')
}

/** Compares what stands in the database with what each order must have: every run ended, every effect there once. */
export async function checkOrders(pool: pg.Pool): Promise<Omit<KillReport, 'places' | 'troubles'>> {
  const all = async <T extends pg.QueryResultRow>(text: string, values: unknown[] = []) => (await pool.query<T>(text, values)).rows
  const orders = (await all<{ order_key: string; amount: number }>('select order_key, amount from kill.balances order by order_key')) ?? []
  const effects = await all<{ order_key: string; name: string; token: string }>('select order_key, name, token from kill.effects')
  const runs = await all<{ order_key: string; function_id: string; state: string; output: Record<string, string> | null; error: unknown }>(
    `select coalesce(event->'data'->>'order', '') as order_key, function_id, state, output, error from jobs.runs`,
  )
  const events = await all<{ order_key: string; name: string }>(`select data->>'order' as order_key, name from jobs.events`)
  const repeated = await all<{ count: number }>(
    'select count(*)::int as count from (select from kill.executions group by order_key, name having count(*) > 1) as r',
  )

  const lost: string[] = []
  const doubled: string[] = []
  const expectOnce = (what: string, found: number) => {
    if (found < 1) lost.push(what)
    if (found > 1) doubled.push(`${what} (${found} times)`)
  }
  for (const { order_key: key, amount } of orders) {
    const own = effects.filter((effect) => effect.order_key === key)
    for (const name of effectsPerOrder) expectOnce(`${key}: effect ${name}`, own.filter((effect) => effect.name === name).length)
    if (amount > effectsPerOrder.length) doubled.push(`${key}: balance ${amount}`)
    if (amount < effectsPerOrder.length) lost.push(`${key}: balance ${amount}`)
    for (const name of ['kill/ordered', 'kill/asked', 'kill/answered']) {
      expectOnce(`${key}: event ${name}`, events.filter((event) => event.order_key === key && event.name === name).length)
    }
    for (const id of ['kill-order', 'kill-responder', 'kill-child']) {
      expectOnce(`${key}: run of ${id}`, runs.filter((run) => run.order_key === key && run.function_id === id).length)
    }
    const output = runs.find((run) => run.order_key === key && run.function_id === 'kill-order')?.output
    for (const { name, token } of own) if (output?.[name] !== token) lost.push(`${key}: result of ${name}`)
  }
  for (const run of runs)
    if (run.state !== 'completed') lost.push(`${run.order_key}: ${run.function_id} is ${run.state} ${JSON.stringify(run.error)}`)
  return { orders: orders.length, effects: effects.length, repeatedSteps: repeated[0]?.count ?? 0, lost, doubled }
}
