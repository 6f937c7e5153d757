import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer, Task, ToWorker } from './payment-worker.ts'

const script = fileURLToPath(new URL('payment-worker.ts', import.meta.url))

/** So many things does one process at once: a library that waits before it asks a silent gateway again keeps nobody else waiting. */
const slots = 6

type Worker = { readonly child: ChildProcess; readonly tasks: Map<number, Task>; isReady: boolean }
export type Finished = Answer & { readonly trouble?: string }

/** Worker processes that do some tasks at a time; one more than are needed is loaded, so that a kill costs no start-up time. */
export class PaymentWorkers {
  readonly #all: Worker[] = []
  #tasks = 0
  kills = 0

  constructor(
    private readonly options: {
      readonly tenantId: string
      readonly size: number
      /** Where compiled code is kept between the processes. */
      readonly cache: string
      /** The next thing to do; undefined when there is none now. */
      readonly next: () => Task | undefined
      readonly finished: (task: Task, answer: Finished) => void
      /** A task whose worker was killed over it. */
      readonly abandoned: (task: Task) => void
    },
  ) {}

  async start(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.size + 1 }, () => this.#spawn()))
  }

  get isBusy(): boolean {
    return this.#all.some(({ tasks }) => tasks.size > 0)
  }

  /** Gives every worker as much to do as it takes. */
  feed(): void {
    for (const worker of this.#all.filter(({ isReady }) => isReady).slice(0, this.options.size)) {
      while (worker.tasks.size < slots) {
        const task = this.options.next()
        if (!task) return
        this.#tasks += 1
        worker.tasks.set(this.#tasks, task)
        worker.child.send({ kind: 'task', id: this.#tasks, task } satisfies ToWorker)
      }
    }
  }

  /** SIGKILL to a worker that is at work; what it did stays half done. */
  killOne(random: () => number): void {
    const busy = this.#all.filter(({ tasks }) => tasks.size > 0)
    const doomed = busy[Math.floor(random() * busy.length)]
    if (!doomed) return
    this.kills += 1
    doomed.child.kill('SIGKILL')
  }

  async close(): Promise<void> {
    const ends = this.#all.splice(0).map(({ child }) => new Promise<void>((resolve) => child.once('exit', () => resolve()).disconnect()))
    await Promise.all(ends)
  }

  #spawn(): Promise<void> {
    const env = { ...process.env, NODE_COMPILE_CACHE: this.options.cache }
    const child = fork(script, [], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env })
    const worker: Worker = { child, tasks: new Map(), isReady: false }
    this.#all.push(worker)
    child.once('exit', () => this.#gone(worker))
    return new Promise((resolve) =>
      child.once('message', () => {
        child.send({ kind: 'start', tenantId: this.options.tenantId } satisfies ToWorker)
        child.on('message', ({ id, ...answer }: Finished & { id: number }) => this.#done(worker, id, answer))
        worker.isReady = true
        this.feed()
        resolve()
      }),
    )
  }

  #done(worker: Worker, id: number, answer: Finished): void {
    const task = worker.tasks.get(id)
    worker.tasks.delete(id)
    if (task) this.options.finished(task, answer)
    this.feed()
  }

  #gone(worker: Worker): void {
    const at = this.#all.indexOf(worker)
    if (at < 0) return
    this.#all.splice(at, 1)
    for (const task of worker.tasks.values()) this.options.abandoned(task)
    void this.#spawn()
    this.feed()
  }
}
