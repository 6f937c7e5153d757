import { type ChildProcess, fork } from 'node:child_process'

const patienceMs = 240_000

/** The ground that all stories of a run stand on; its process ends with ours, however ours ends. */
export default async function setup(): Promise<() => Promise<void>> {
  const ground = fork('tests/e2e/stories/support/ground.ts', { execArgv: ['--import', 'tsx'] })
  process.env.LIVERY_STORIES_GROUND = JSON.stringify(await groundOf(ground))
  return () =>
    new Promise((resolve) => {
      ground.once('exit', () => resolve())
      ground.kill('SIGTERM')
    })
}

function groundOf(ground: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the ground of the stories took too long')), patienceMs)
    ground.once('message', (message) => {
      clearTimeout(timer)
      resolve(message)
    })
    ground.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`the ground of the stories ended with code ${code}`))
    })
  })
}
