import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Task, ToWorker } from './payment-worker.ts'

const script = fileURLToPath(new URL('payment-worker.ts', import.meta.url))

type Worker = { readonly child: ChildProcess; readonly isReady: Promise<void>; task: Task | undefined }
export type Finished = Answer & { readonly trouble?: string }

/** Worker processes that do one task at a time; spares are loaded, so that a kill costs no start-up time. */
export class PaymentWorkers {
  readonly #all: Worker[] = []
  kills = 0

  constructor(
    private readonly options: {
      readonly tenantId: string
      readonly size: number
      /** The next thing to do; undefined when there is none now. */
      readonly next: () => Task | undefined
      readonly finished: (task: Task, answer: Finished) => void
      /** A task whose worker was killed over it. */
      readonly abandoned: (task: Task) => void
    },
  ) {}

  async start(): Promise<void> {
    for (let count = 0; count < this.options.size; count += 1) this.#spawn()
    await Promise.all(this.#all.map(({ isReady }) => isReady))
  }

  get isBusy(): boolean {
    return this.#all.some(({ task }) => task !== undefined)
  }

  /** Gives every free worker something to do. */
  feed(): void {
    for (const worker of this.#all) {
      if (worker.task) continue
      const task = this.options.next()
      if (!task) return
      worker.task = task
      void worker.isReady.then(() => worker.child.send({ kind: 'task', task } satisfies ToWorker))
    }
  }

  /** SIGKILL to a worker that is at work; what it did stays half done. */
  killOne(random: () => number): void {
    const busy = this.#all.filter(({ task }) => task !== undefined)
    const doomed = busy[Math.floor(random() * busy.length)]
    if (!doomed) return
    this.kills += 1
    doomed.child.kill('SIGKILL')
  }

  async close(): Promise<void> {
    const ends = this.#all.splice(0).map(({ child }) => new Promise<void>((resolve) => child.once('exit', () => resolve()).disconnect()))
    await Promise.all(ends)
  }

  #spawn(): void {
    const child = fork(script, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    const isReady = new Promise<void>((resolve) =>
      child.once('message', () => {
        child.send({ kind: 'start', tenantId: this.options.tenantId } satisfies ToWorker)
        child.on('message', (answer: Finished) => this.#done(worker, answer))
        resolve()
      }),
    )
    const worker: Worker = { child, isReady, task: undefined }
    this.#all.push(worker)
    child.once('exit', () => this.#gone(worker))
  }

  #done(worker: Worker, answer: Finished): void {
    const { task } = worker
    worker.task = undefined
    if (task) this.options.finished(task, answer)
    this.feed()
  }

  #gone(worker: Worker): void {
    const at = this.#all.indexOf(worker)
    if (at < 0) return
    this.#all.splice(at, 1)
    if (worker.task) this.options.abandoned(worker.task)
    this.#spawn()
    this.feed()
  }
}
