import { type ChildProcess, spawn } from 'node:child_process'
import type { StackReport } from '#tests/e2e/support/stack-report.ts'

const patienceMs = 180_000

/** One product for the whole run. Its process ends with ours, however ours ends; errors in its logs fail the run. */
export default async function setup(): Promise<() => Promise<void>> {
  const stack = spawn(process.execPath, ['--import', 'tsx', 'tests/e2e/support/stack.ts'], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ready = await nextReport(stack)
  if (ready.kind !== 'ready') throw new Error(`the product did not start: ${ready.kind === 'failed' ? ready.reason : ready.kind}`)
  process.env.LIVERY_E2E_PORT = String(ready.port)
  process.env.LIVERY_E2E_DNS_PORT = String(ready.dnsPort)
  process.env.LIVERY_E2E_MONTH = ready.month
  process.env.LIVERY_E2E_FOLDER = ready.folder
  process.env.LIVERY_E2E_DATABASE_URL = ready.database.url
  process.env.LIVERY_E2E_SECRET = ready.database.secret

  return async () => {
    const end = nextReport(stack)
    stack.kill('SIGTERM')
    const report = await end
    if (report.kind === 'stopped' && report.failures.length > 0)
      throw new Error(`the product logged errors:\n${report.failures.join('\n')}`)
  }
}

function nextReport(stack: ChildProcess): Promise<StackReport> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the product took too long')), patienceMs)
    stack.once('message', (message) => {
      clearTimeout(timer)
      resolve(message as StackReport)
    })
    stack.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the product ended with code ${code}`))
    })
  })
}
