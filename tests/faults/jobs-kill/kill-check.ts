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
  const orders = (await all<Order>('select order_key, amount from kill.balances order by order_key')) ?? []
  const effects = await all<Effect>('select order_key, name, token from kill.effects')
  const runs = await all<Run>(`select coalesce(event->'data'->>'order', '') as order_key, function_id, state, output, error from jobs.runs`)
  const events = await all<Event>(`select data->>'order' as order_key, name from jobs.events`)
  const repeated = await all<{ count: number }>(
    'select count(*)::int as count from (select from kill.executions group by order_key, name having count(*) > 1) as r',
  )

  const findings: Findings = { lost: [], doubled: [] }
  for (const order of orders) checkOrder(findings, order, { effects, runs, events })
  for (const run of runs) {
    if (run.state !== 'completed') findings.lost.push(`${run.order_key}: ${run.function_id} is ${run.state} ${JSON.stringify(run.error)}`)
  }
  return { orders: orders.length, effects: effects.length, repeatedSteps: repeated[0]?.count ?? 0, ...findings }
}

type Findings = { readonly lost: string[]; readonly doubled: string[] }
type Order = { readonly order_key: string; readonly amount: number }
type Effect = { readonly order_key: string; readonly name: string; readonly token: string }
type Run = {
  readonly order_key: string
  readonly function_id: string
  readonly state: string
  readonly output: Record<string, string> | null
  readonly error: unknown
}
type Event = { readonly order_key: string; readonly name: string }

/** What one order must have, each thing once. */
function checkOrder(
  findings: Findings,
  { order_key: key, amount }: Order,
  found: { effects: readonly Effect[]; runs: readonly Run[]; events: readonly Event[] },
): void {
  const own = found.effects.filter((effect) => effect.order_key === key)
  const runs = found.runs.filter((run) => run.order_key === key)
  const events = found.events.filter((event) => event.order_key === key)
  for (const name of effectsPerOrder) expectOnce(findings, `${key}: effect ${name}`, own.filter((effect) => effect.name === name).length)
  if (amount !== effectsPerOrder.length)
    (amount > effectsPerOrder.length ? findings.doubled : findings.lost).push(`${key}: balance ${amount}`)
  for (const name of ['kill/ordered', 'kill/asked', 'kill/answered']) {
    expectOnce(findings, `${key}: event ${name}`, events.filter((event) => event.name === name).length)
  }
  for (const id of ['kill-order', 'kill-responder', 'kill-child']) {
    expectOnce(findings, `${key}: run of ${id}`, runs.filter((run) => run.function_id === id).length)
  }
  const output = runs.find((run) => run.function_id === 'kill-order')?.output
  for (const { name, token } of own) if (output?.[name] !== token) findings.lost.push(`${key}: result of ${name}`)
}

function expectOnce(findings: Findings, what: string, found: number): void {
  if (found < 1) findings.lost.push(what)
  if (found > 1) findings.doubled.push(`${what} (${found} times)`)
}
