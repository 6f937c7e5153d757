import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import { environment, provideEnvironment } from '#app/config/env.server.ts'
import { insertGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { sealGatewaySecrets } from '#app/wiring.server.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { type EmulatedEvent, type StripeEmulator, startStripeEmulator } from '#tests/support/stripe-emulator/emulator.ts'
import { type Comparison, compareBooks } from './compare-books.ts'
import type { Task } from './payment-worker.ts'
import { type Finished, PaymentWorkers } from './payment-workers.ts'

export type PaymentOptions = {
  readonly checkouts: number
  readonly kills: number
  readonly workers: number
  readonly seed: number
  readonly print: (line: string) => void
}
export type PaymentReport = Comparison & {
  readonly kills: number
  readonly dropped: number
  readonly doubledWebhooks: number
  readonly delayedWebhooks: number
}

const [dropShare, doubleShare, delayShare] = [0.2, 0.1, 0.05]
const payers = 20
const hourMs = 3_600_000

/**
 * Payments by worker processes that are killed, at a gateway that loses answers and tells things twice or a day late. Half of them on the
 * gateway's page, half off-session. What is begun is ended, then the gateway's own books are held against ours.
 */
export async function killPayments({ checkouts, kills, workers: size, seed, print }: PaymentOptions): Promise<PaymentReport> {
  const random = mulberry32(seed)
  const folder = mkdtempSync(join(tmpdir(), 'livery-payments-'))
  const time = movableClock(join(folder, 'clock'))
  const stripe = await startStripeEmulator({ logFile: join(folder, 'gateway.log'), now: time.now })
  const before = environment()
  provideEnvironment({ STRIPE_BASE_URL: stripe.url, LIVERY_CLOCK: time.file })
  const counts = { dropped: 0, doubledWebhooks: 0, delayedWebhooks: 0 }
  stripe.fault = (method) => {
    const isDropped = method === 'POST' && random() < dropShare
    counts.dropped += isDropped ? 1 : 0
    return isDropped ? 'drop' : undefined
  }
  const seller = await buildSeller(stripe)
  const queue: Task[] = []
  const held: EmulatedEvent[] = []
  const waiting: EmulatedEvent[] = []
  /** Events that somebody is to apply already. */
  const queued = new Set<string>()
  stripe.onEvent = (event) => {
    const drawn = random()
    if (drawn < delayShare) {
      counts.delayedWebhooks += 1
      held.push(event)
      return
    }
    waiting.push(event)
    if (drawn > 1 - doubleShare) {
      counts.doubledWebhooks += 1
      waiting.push(event)
    }
  }
  let begun = 0
  let finished = 0
  let sinceKill = 0
  const perKill = Math.max(1, Math.floor((checkouts * 2) / (kills + 1)))

  const next = (): Task | undefined => {
    const told = waiting.shift()
    if (told) return { kind: 'webhook', ...stripe.signed(told) }
    const task = queue.shift()
    if (task) return task
    if (begun >= checkouts) return undefined
    begun += 1
    const accountId = seller.accountIds[begun % payers] ?? ''
    return { kind: begun % 2 === 0 ? 'charge' : 'checkout', accountId, targetId: v7(), minor: 100 + Math.floor(random() * 9_900) }
  }
  const troubles = new Set<string>()
  const killOnTime = (): void => {
    sinceKill += 1
    if (sinceKill < perKill || workers.kills >= kills) return
    sinceKill = 0
    setTimeout(() => workers.killOne(random), random() * 20)
  }
  const done = (task: Task, answer: Finished): void => {
    if (answer.trouble) troubles.add(answer.trouble.split('\n').slice(0, 3).join(' '))
    finished += 1
    killOnTime()
    // Whoever got no answer asks again: the buyer clicks, the gateway delivers again.
    if (!answer.isDone && task.kind !== 'settle') queue.push(task)
    else if (task.kind === 'apply') for (const id of task.eventIds) queued.delete(id)
    if (answer.isDone && answer.url)
      void payAt(answer.url, random() < 0.05).then(() => queue.push({ kind: 'settle', attemptId: answer.attemptId ?? '' }))
  }
  const cache = join(folder, 'compiled')
  const workers = new PaymentWorkers({
    tenantId: seller.tenantId,
    size,
    cache,
    next,
    finished: done,
    abandoned: (task) => queue.unshift(task),
  })
  /** Until nothing is left to do at this moment. */
  const drain = async (): Promise<void> => {
    let said = Date.now()
    while (queue.length > 0 || waiting.length > 0 || begun < checkouts || workers.isBusy) {
      workers.feed()
      if (Date.now() - said > 10_000) {
        said = Date.now()
        print(`${begun} begun, ${finished} steps, ${workers.kills} kills, ${queue.length + waiting.length} waiting`)
      }
      await pause(10)
      if (troubles.size > 20) throw new Error([...troubles].join('\n'))
    }
  }
  const applyStored = async (): Promise<void> => {
    const stored = await asOffice(seller.tenantId, ({ db }) =>
      db.gatewayEvent.findMany({ where: { state: 'stored' }, select: { id: true }, take: 100_000 }),
    )
    const fresh = stored.map(({ id }) => id).filter((id) => !queued.has(id))
    for (const id of fresh) queued.add(id)
    for (let at = 0; at < fresh.length; at += 20) queue.push({ kind: 'apply', eventIds: fresh.slice(at, at + 20) })
  }
  try {
    await workers.start()
    const applying = setInterval(() => void applyStored().catch(() => undefined), 2_000)
    await drain()
    clearInterval(applying)
    // Pages end after an hour, webhooks come a day late; whatever is open is asked about until it is known.
    for (let round = 0; round < 30 && (round < 3 || (await openAttempts(seller.tenantId)) > 0); round += 1) {
      time.move(round === 2 ? 25 * hourMs : 2 * hourMs)
      if (round === 2) waiting.push(...held.splice(0))
      await applyStored()
      for (let each = 0; each < Math.ceil((await openAttempts(seller.tenantId)) / 100); each += 1) queue.push({ kind: 'reconcile' })
      await drain()
    }
    await applyStored()
    await drain()
    for (const trouble of troubles) print(trouble)
    return { ...(await compareBooks(seller.tenantId, stripe.world.ledger.entries)), ...counts, kills: workers.kills }
  } finally {
    await workers.close()
    await stripe.close()
    time.stop()
    provideEnvironment({ STRIPE_BASE_URL: before.STRIPE_BASE_URL ?? '', LIVERY_CLOCK: before.LIVERY_CLOCK ?? '' })
    rmSync(folder, { recursive: true })
  }
}

/** A payer on the gateway's page; some leave it. */
async function payAt(url: string, isLeft: boolean): Promise<void> {
  if (!isLeft) await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome: 'approve' }), redirect: 'manual' })
}

async function buildSeller(stripe: StripeEmulator) {
  const tenantId = await buildTenant()
  const gatewayAccountId = v7()
  const facts = {
    id: gatewayAccountId,
    gateway: 'stripe',
    name: 'Cards',
    mode: 'test',
    externalId: stripe.accountId,
    settings: {},
  } as const
  const secret = sealGatewaySecrets({ secretKey: stripe.secretKey, webhookSecret: stripe.webhookSecret }, gatewayAccountId)
  await asOffice(tenantId, (ctx) => insertGatewayAccount(ctx, { ...facts, secret }))
  const accountIds: string[] = []
  for (let payer = 0; payer < payers; payer += 1) {
    const accountId = await buildAccount(tenantId)
    accountIds.push(accountId)
    const customerRef = `cus_${payer}`
    const method = stripe.world.method('ok', customerRef)
    const kept = {
      kind: 'card',
      label: 'Visa',
      lastDigits: '4242',
      isDefault: true,
      state: 'active',
      createdBy: 'test',
      createdAt: new Date(),
    }
    await asOffice(tenantId, ({ db }) =>
      db.paymentMethod.createMany({
        data: [{ tenantId, id: v7(), accountId, gatewayAccountId, customerRef, methodRef: method.id, ...kept }],
      }),
    )
  }
  return { tenantId, accountIds }
}

function openAttempts(tenantId: string): Promise<number> {
  return asOffice(tenantId, ({ db }) => db.paymentAttempt.count({ where: { finishedAt: null } }))
}

/** A clock that runs, and can be set ahead, for processes that read it from a file. */
function movableClock(file: string) {
  let ahead = 0
  const now = () => new Date(Date.now() + ahead)
  const write = () => {
    writeFileSync(`${file}.next`, now().toISOString())
    renameSync(`${file}.next`, file)
  }
  write()
  const ticking = setInterval(write, 200)
  return {
    file,
    now,
    move: (milliseconds: number) => {
      ahead += milliseconds
      write()
    },
    stop: () => clearInterval(ticking),
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** A small seeded generator: the same seed draws the same. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
