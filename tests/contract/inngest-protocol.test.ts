import { type Logger, NonRetriableError, version } from 'inngest'
import { serve } from 'inngest/remix'
import { expect, test } from 'vitest'
import { createClient } from '#app/jobs/client.server.ts'
import { callBody, type MemoisedStep } from '#app/jobs/runtime/protocol.ts'
import { signatureOf } from '#app/jobs/runtime/signing.ts'

const signingKey = 'signkey-livery-0123456789abcdef'
const url = 'http://127.0.0.1/api/inngest'
const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

const client = createClient('app', silent)
client.setEnvVars({ INNGEST_SIGNING_KEY: signingKey })

const child = client.createFunction({ id: 'child' }, () => 'child')
const handler = serve({
  client,
  enableUnauthedSync: false,
  functions: [
    child,
    client.createFunction({ id: 'result', triggers: [{ event: 'go' }] }, ({ event }) => ({ doubled: event.data.number * 2 })),
    client.createFunction({ id: 'one-step', triggers: [{ event: 'go' }] }, ({ step }) => step.run('first', () => ({ total: 3 }))),
    client.createFunction({ id: 'parallel', triggers: [{ event: 'go' }] }, ({ step }) =>
      Promise.all([step.run('a', () => 'A'), step.run('b', () => 'B')]),
    ),
    client.createFunction({ id: 'sleep', triggers: [{ event: 'go' }] }, ({ step }) => step.sleep('nap', '90m')),
    client.createFunction({ id: 'until', triggers: [{ event: 'go' }] }, ({ step }) =>
      step.sleepUntil('nap', new Date('2026-05-01T00:00:00Z')),
    ),
    client.createFunction({ id: 'wait', triggers: [{ event: 'go' }] }, ({ step }) =>
      step.waitForEvent('paid', { event: 'order/paid', match: 'data.orderId', timeout: '1d' }),
    ),
    client.createFunction({ id: 'invoke', triggers: [{ event: 'go' }] }, ({ step }) =>
      step.invoke('call', { function: child, data: { number: 1 }, timeout: '1h' }),
    ),
    client.createFunction({ id: 'step-error', triggers: [{ event: 'go' }] }, ({ step }) =>
      step.run('try', () => {
        throw new Error('declined')
      }),
    ),
    client.createFunction({ id: 'error', triggers: [{ event: 'go' }] }, () => {
      throw new Error('down')
    }),
    client.createFunction({ id: 'final-error', triggers: [{ event: 'go' }] }, () => {
      throw new NonRetriableError('never')
    }),
    client.createFunction(
      {
        id: 'settings',
        triggers: [{ event: 'go', if: `event.data.kind == 'big'` }, { cron: 'TZ=Europe/Berlin 0 6 * * *' }],
        retries: 8,
        idempotency: 'event.data.attemptKey',
        concurrency: { key: 'event.data.tenantId', limit: 3 },
        cancelOn: [{ event: 'stop', match: 'data.id' }],
        onFailure: () => {},
      },
      () => 'done',
    ),
  ],
})

const event = { id: 'event-1', name: 'go', data: { number: 21 }, ts: 1_772_000_000_000 }

type Call = { stepId?: string; steps?: MemoisedStep[]; attempt?: number; hasPendingSteps?: boolean; signature?: string | null }

async function call(functionId: string, { stepId = 'step', steps = [], attempt = 0, hasPendingSteps = false, signature }: Call = {}) {
  const body = callBody({ runId: 'run-1', event, steps, attempt, maxAttempts: 4, hasPendingSteps })
  const headers = new Headers({ host: '127.0.0.1' })
  if (signature !== null) headers.set('x-inngest-signature', signature ?? signatureOf(body, signingKey, new Date()))
  const request = new Request(`${url}?fnId=app-${functionId}&stepId=${stepId}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const response = await handler({ request })
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown }
}

test('the shapes hold for the installed version', () => {
  expect(version).toBe('4.24.0')
})

test('a function without steps answers 200 with its result', async () => {
  expect(await call('result')).toMatchObject({ status: 200, body: { doubled: 42 } })
})

test('the only new step is run at once: 206 with StepRun and its data', async () => {
  const answer = await call('one-step')
  expect(answer).toMatchObject({ status: 206, body: [{ op: 'StepRun', displayName: 'first', data: { total: 3 } }] })
  expect(answer.headers.get('x-inngest-req-version')).toBe('2')
})

test('a memoised step is not run again: its data goes into the result', async () => {
  const [first] = (await call('one-step')).body as { id: string }[]
  const steps = [{ id: first?.id ?? '', data: { total: 99 }, error: null }]
  expect(await call('one-step', { steps })).toMatchObject({ status: 200, body: { total: 99 } })
})

test('with steps under way a new step is planned and not run', async () => {
  expect(await call('one-step', { hasPendingSteps: true })).toMatchObject({
    status: 206,
    body: [{ op: 'StepPlanned', displayName: 'first' }],
  })
})

test('parallel steps are planned, and each runs when it is asked for by its id', async () => {
  const planned = await call('parallel')
  expect(planned).toMatchObject({
    status: 206,
    body: [
      { op: 'StepPlanned', displayName: 'a' },
      { op: 'StepPlanned', displayName: 'b' },
    ],
  })
  const [, second] = planned.body as { id: string }[]
  expect(await call('parallel', { stepId: second?.id ?? '' })).toMatchObject({
    status: 206,
    body: [{ op: 'StepRun', id: second?.id, data: 'B' }],
  })
})

test('a sleep names its span or its instant', async () => {
  expect(await call('sleep')).toMatchObject({ status: 206, body: [{ op: 'Sleep', displayName: 'nap', name: '1h30m' }] })
  expect(await call('until')).toMatchObject({ status: 206, body: [{ op: 'Sleep', name: '2026-05-01T00:00:00.000Z' }] })
})

test('an awaited event names the event, the timeout and the condition', async () => {
  expect(await call('wait')).toMatchObject({
    status: 206,
    body: [{ op: 'WaitForEvent', name: 'order/paid', opts: { timeout: '1d', if: 'event.data.orderId == async.data.orderId' } }],
  })
})

test('an invoked function is named with its app, its payload and its timeout', async () => {
  expect(await call('invoke')).toMatchObject({
    status: 206,
    body: [{ op: 'InvokeFunction', opts: { function_id: 'app-child', payload: { data: { number: 1 } }, timeout: '1h' } }],
  })
})

test('a step that throws is a StepError, and a StepFailed on its last try', async () => {
  const error = { name: 'Error', message: 'declined' }
  expect(await call('step-error')).toMatchObject({ status: 206, body: [{ op: 'StepError', displayName: 'try', error }] })
  expect(await call('step-error', { attempt: 3 })).toMatchObject({ status: 206, body: [{ op: 'StepFailed', error }] })
})

test('the error of a memoised step is thrown in the function and ends the run', async () => {
  const [failed] = (await call('step-error', { attempt: 3 })).body as { id: string }[]
  const answer = await call('step-error', { steps: [{ id: failed?.id ?? '', data: null, error: { name: 'Error', message: 'declined' } }] })
  expect(answer).toMatchObject({ status: 400, body: { message: 'declined' } })
  expect(answer.headers.get('x-inngest-no-retry')).toBe('true')
})

test('an error outside a step is a 500, and a 400 without a retry when it is final', async () => {
  const plain = await call('error')
  expect([plain.status, plain.headers.get('x-inngest-no-retry')]).toEqual([500, 'false'])
  const final = await call('final-error')
  expect([final.status, final.headers.get('x-inngest-no-retry')]).toEqual([400, 'true'])
})

test('requests without a signature, with a wrong one, or with an old one are refused', async () => {
  expect((await call('result', { signature: null })).status).toBe(401)
  expect((await call('result', { signature: `t=${Math.round(Date.now() / 1000)}&s=00` })).status).toBe(401)
  const body = callBody({ runId: 'run-1', event, steps: [], attempt: 0, maxAttempts: 4, hasPendingSteps: false })
  expect((await call('result', { signature: signatureOf(body, signingKey, new Date(Date.now() - 600_000)) })).status).toBe(401)
})

test('a sync or a listing without a signature is refused, so nobody is asked to register', async () => {
  for (const method of ['PUT', 'GET']) {
    const body = method === 'PUT' ? JSON.stringify({ url }) : null
    expect((await handler({ request: new Request(url, { method, body, headers: { host: '127.0.0.1' } }) })).status).toBe(401)
  }
})

test('a signed in-band sync lists the functions with all the executor needs', async () => {
  const body = { url }
  const headers = { host: '127.0.0.1', 'x-inngest-sync-kind': 'in_band', 'x-inngest-signature': signatureOf(body, signingKey, new Date()) }
  const response = await handler({ request: new Request(url, { method: 'PUT', headers, body: JSON.stringify(body) }) })
  const { functions } = (await response.json()) as { functions: { id: string }[] }
  expect(functions.find(({ id }) => id === 'app-settings')).toEqual({
    id: 'app-settings',
    name: 'settings',
    triggers: [{ event: 'go', expression: `event.data.kind == 'big'` }, { cron: 'TZ=Europe/Berlin 0 6 * * *' }],
    steps: {
      step: { id: 'step', name: 'step', runtime: { type: 'http', url: `${url}?fnId=app-settings&stepId=step` }, retries: { attempts: 8 } },
    },
    idempotency: 'event.data.attemptKey',
    concurrency: { key: 'event.data.tenantId', limit: 3 },
    cancel: [{ event: 'stop', if: 'event.data.id == async.data.id' }],
  })
  expect(functions.find(({ id }) => id === 'app-settings-failure')).toMatchObject({
    triggers: [{ event: 'inngest/function.failed', expression: `event.data.function_id == 'app-settings'` }],
    steps: { step: { retries: { attempts: 1 } } },
  })
})
