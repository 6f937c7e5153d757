import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { DriverMessage, WorkerMessage } from './worker-process.ts'

const script = fileURLToPath(new URL('worker-process.ts', import.meta.url))

export type KillWorker = { readonly name: number; readonly child: ChildProcess; readonly isLoaded: Promise<void>; hasEnded: boolean }
type Listener = (worker: KillWorker, message: WorkerMessage) => void

/** Real worker processes: a few that run, and successors that have loaded and wait, so that a kill costs no start-up time. */
export class WorkerPool {
  readonly #start: Extract<DriverMessage, { kind: 'start' }>
  readonly #listener: Listener
  readonly #running = new Set<KillWorker>()
  readonly #waiting: KillWorker[] = []
  #names = 0

  constructor(start: Extract<DriverMessage, { kind: 'start' }>, listener: Listener) {
    this.#start = start
    this.#listener = listener
  }

  /** Has `running` workers at work and `waiting` more loaded. */
  async fill(running: number, waiting: number): Promise<void> {
    while (this.#running.size + this.#waiting.length < running + waiting) this.#waiting.push(this.#spawn())
    while (this.#running.size < running) {
      const next = this.#waiting.shift() ?? this.#spawn()
      await next.isLoaded
      this.#running.add(next)
      next.child.send(this.#start)
    }
  }

  /** SIGKILL, and waits until the process is gone. */
  async kill(worker: KillWorker): Promise<void> {
    this.#running.delete(worker)
    await end(worker, () => worker.child.kill('SIGKILL'))
  }

  /** Asks the running workers to stop and ends the waiting ones. */
  async close(): Promise<void> {
    const stop: DriverMessage = { kind: 'stop' }
    await Promise.all([...this.#running].map((worker) => end(worker, () => worker.child.send(stop))))
    await Promise.all(this.#waiting.map((worker) => end(worker, () => worker.child.kill('SIGKILL'))))
  }

  #spawn(): KillWorker {
    this.#names += 1
    const child = fork(script, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const isLoaded = new Promise<void>((resolve) => child.once('message', () => resolve()))
    const worker: KillWorker = { name: this.#names, child, isLoaded, hasEnded: false }
    child.on('exit', () => {
      worker.hasEnded = true
    })
    child.on('message', (message: WorkerMessage) => this.#listener(worker, message))
    return worker
  }
}

function end(worker: KillWorker, how: () => void): Promise<void> {
  if (worker.hasEnded) return Promise.resolve()
  return new Promise((resolve) => {
    worker.child.once('exit', () => resolve())
    how()
  })
}
