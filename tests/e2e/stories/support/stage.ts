import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import pg from 'pg'
import { demoPassword } from '#prisma/seed/people.ts'
import { overtaken, signIn } from '../../support/test.ts'
import type { Answer, Cue } from './backstage.ts'
import type { Deed, Deeds } from './deeds.ts'

export { expect, type Page }

type Opening = { readonly as?: string; readonly locale?: string; readonly refusals?: readonly number[] }
type Visitor = { readonly page: Page; readonly email: string; readonly password: string }
type Result<D extends Deed> = Awaited<ReturnType<Deeds[D]>>

/** A product for one story. */
export type Stage = {
  /** Starts the product at an instant. */
  begin(instant: string): Promise<void>
  /** Moves its clock on and waits until everything that fell due is done. */
  travel(instant: string): Promise<void>
  /** Has something done that no browser can do. */
  ask<D extends Deed>(deed: D, input: Parameters<Deeds[D]>[0]): Promise<Result<D>>
  /** A fresh browser at a seller's host, signed in where somebody is named. */
  open(seller: string, options?: Opening): Promise<Page>
  /** Somebody who signed in by themselves: they come back, as those of `open` do, before their session ends. */
  stays(visitor: Visitor): void
}

/** A session lives 30 days past its last use, and a story may look elsewhere for longer. */
const returnsAfterMs = 10 * 86_400_000

/** Playwright's test with a stage of its own. What pages say on the console, and what the product logs as an error, fails it. */
export const test = base.extend<{ stage: Stage }>({
  stage: async ({ browser }, use) => {
    const { url, secret, folder } = JSON.parse(process.env.LIVERY_STORIES_GROUND ?? '{}') as Record<'url' | 'secret' | 'folder', string>
    const name = `story_${randomUUID().replaceAll('-', '')}`
    const contexts: BrowserContext[] = []
    const noise: string[] = []
    const visitors: (Visitor & { seenAt: number })[] = []
    let play: Play | undefined
    let clock = 0
    const playing = () => {
      if (!play) throw new Error('the story has not begun')
      return play
    }

    await use({
      async begin(instant) {
        await asAdmin(url, `create database ${name} template livery strategy file_copy`)
        const database = new URL(url)
        database.pathname = `/${name}`
        const environment = { DATABASE_URL: database.href, APP_SECRET: secret, LIVERY_DATA_DIR: join(folder, name), STORY_BEGINS: instant }
        play = await startPlay(environment, noise)
        clock = Date.parse(instant)
      },
      async travel(instant) {
        await playing().cue('travel', instant)
        clock = Date.parse(instant)
        for (const visitor of visitors.filter(({ seenAt }) => clock - seenAt >= returnsAfterMs)) {
          await comeBack(visitor)
          visitor.seenAt = clock
        }
      },
      ask: (deed, input) => playing().cue(deed, input) as never,
      async open(seller, { as, locale = 'en-GB', refusals = [] } = {}) {
        const baseURL = `http://${seller}.localhost:${playing().port}`
        const context = await browser.newContext({ baseURL, locale, timezoneId: 'Europe/Vienna', reducedMotion: 'reduce' })
        contexts.push(context)
        listen(context, noise, refusals)
        const page = await context.newPage()
        if (!as) return page
        await signIn(page, as)
        visitors.push({ page, email: as, password: demoPassword, seenAt: clock })
        return page
      },
      stays: (visitor) => void visitors.push({ ...visitor, seenAt: clock }),
    })

    await Promise.all(contexts.map((context) => context.close()))
    await play?.end()
    await asAdmin(url, `drop database if exists ${name} with (force)`)
    await rm(join(folder, name), { recursive: true, force: true })
    expect(noise, 'what pages said on the console and the product in its log').toEqual([])
  },
})

/** Signs in again beside the open page where the session is over; where it is not, this uses it. */
async function comeBack({ page, email, password }: Visitor): Promise<void> {
  const beside = await page.context().newPage()
  await beside.goto('/sign-in')
  if (/\/sign-in$/.test(beside.url())) await signIn(beside, email, password)
  await beside.close()
}

type Play = { readonly port: number; cue(deed: Cue['deed'], input: unknown): Promise<unknown>; end(): Promise<void> }

async function startPlay(environment: Readonly<Record<string, string>>, noise: string[]): Promise<Play> {
  const PORT = String(await freePort())
  const fixed = { PORT, NODE_ENV: 'test', MAIL_TRANSPORT: 'outbox', LOG_LEVEL: 'warn' } as const
  const child = fork('tests/e2e/stories/support/backstage.ts', {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...environment, ...fixed },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => noise.push(...errorsIn(chunk.toString())))
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  const port = await portOf(child, noise)
  child.on('message', (answer: Answer) => {
    if (!('id' in answer)) return
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('failure' in answer) asked?.reject(new Error(answer.failure))
    else asked?.resolve(answer.value)
  })
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the product has ended'))
  })
  let last = 0
  return {
    port,
    cue(deed, input) {
      const id = ++last
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject })
        child.send({ id, deed, input } satisfies Cue)
      })
    },
    end: () => ended(child),
  }
}

function portOf(child: ChildProcess, noise: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('message', (answer: Answer) => resolve('port' in answer ? answer.port : 0))
    child.once('exit', (code) => reject(new Error(`the product ended with code ${code}\n${noise.join('\n')}`)))
  })
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.disconnect()
  })
}

/** Error lines of the log, and whatever is no log line at all. */
function errorsIn(output: string): string[] {
  return output.split('\n').filter((line) => line.trim() !== '' && !/^\{"level":[1-4]0,/.test(line))
}

function listen(context: BrowserContext, noise: string[], refusals: readonly number[]): void {
  context.on('console', (message) => {
    const isExpected = overtaken.test(message.text()) || refusals.some((status) => message.text().includes(`status of ${status}`))
    if (['error', 'warning'].includes(message.type()) && !isExpected) noise.push(`${message.location().url}: ${message.text()}`)
  })
  context.on('weberror', ({ error }) => noise.push(error().stack ?? error().message))
  context.on('response', (response) => {
    if (response.status() >= 500) noise.push(`${response.url()}: ${response.status()}`)
  })
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const database = new URL(url)
  database.pathname = '/postgres'
  const client = new pg.Client({ connectionString: database.href })
  await client.connect()
  await client.query(statement)
  await client.end()
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
