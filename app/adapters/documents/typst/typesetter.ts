import { type ChildProcess, fork } from 'node:child_process'

export type TypesetterOptions = {
  readonly processFile: string
  readonly templatesDirectory: string
  readonly fontFiles: readonly string[]
  readonly timeLimitMs: number
}

/** `document` is JSON for the template, `electronic` the XML it attaches. */
export type TypesetJob = {
  readonly template: string
  readonly document: string
  readonly electronic?: string
  readonly createdAt: string
  /** Wants the pages as one drawing instead of PDF. */
  readonly isDrawing?: boolean
}

/** `flaw` says why the file is no PDF/A; absent when it is one. */
export type Typeset = { readonly pdf: Uint8Array; readonly svg?: string; readonly flaw?: string }

export type Typesetter = {
  /** The document as PDF. @throws when the template fails, or after `timeLimitMs`: the process is killed and started anew for the next one. */
  typeset(job: TypesetJob): Promise<Typeset>
  close(): Promise<void>
}

type Answer = { readonly ready?: true; readonly pdf?: Uint8Array; readonly svg?: string; readonly flaw?: string; readonly problem?: string }

/** Nothing of our environment reaches the typesetter; a compiler that wants the network meets a closed port. */
const closedPort = 'http://127.0.0.1:9'
const environment = {
  NODE_ENV: 'production' as const,
  HTTP_PROXY: closedPort,
  HTTPS_PROXY: closedPort,
  ALL_PROXY: closedPort,
  http_proxy: closedPort,
  https_proxy: closedPort,
  all_proxy: closedPort,
}

/**
 * One typesetting process, started with the first job. Native code cannot be interrupted inside a thread, so the time limit
 * needs a process that can be killed. It ends with its parent and never keeps the parent alive while idle.
 */
export function startTypesetter(options: TypesetterOptions): Typesetter {
  let running: ChildProcess | undefined
  let tail: Promise<unknown> = Promise.resolve()

  async function typeset(job: TypesetJob): Promise<Typeset> {
    if (!running?.connected || running.killed) running = await start(options)
    const { pdf, svg, flaw, problem } = await ask(running, options.timeLimitMs, () => running?.send(job))
    if (svg) return { pdf: new Uint8Array(), svg }
    if (pdf) return { pdf: new Uint8Array(pdf), ...(flaw === undefined ? {} : { flaw }) }
    throw new Error(`typesetting ${job.template} failed: ${problem}`)
  }

  return {
    typeset(job) {
      const result = tail.then(() => typeset(job))
      tail = result.catch(() => undefined)
      return result
    },
    async close() {
      await tail
      running?.kill('SIGKILL')
      running = undefined
    },
  }
}

async function start(options: TypesetterOptions): Promise<ChildProcess> {
  const { templatesDirectory, fontFiles } = options
  const child = fork(options.processFile, [JSON.stringify({ templatesDirectory, fontFiles })], {
    serialization: 'advanced',
    env: environment,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2000)
  })
  const answer = await ask(child, options.timeLimitMs, () => undefined)
  if (!answer.ready) throw new Error(`the typesetter did not start: ${answer.problem} ${/Error: .*/.exec(lastWords)?.[0] ?? ''}`.trim())
  return child
}

/** The next message of `child` after `send`; its early end and the time limit count as answers that carry a problem. */
function ask(child: ChildProcess, timeLimitMs: number, send: () => void): Promise<Answer> {
  holdParent(child, true)
  return new Promise<Answer>((resolve) => {
    const finish = (answer: Answer) => {
      clearTimeout(timer)
      child.off('message', finish).off('close', onClose)
      holdParent(child, false)
      resolve(answer)
    }
    const onClose = (code: number | null) => finish({ problem: `its process ended with code ${code}` })
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      finish({ problem: `it took longer than ${timeLimitMs} ms` })
    }, timeLimitMs)
    child.on('message', finish).on('close', onClose)
    send()
  })
}

function holdParent(child: ChildProcess, isBusy: boolean): void {
  const handles = [child, child.channel, child.stderr as unknown as { ref(): void; unref(): void } | null]
  for (const handle of handles) {
    if (isBusy) handle?.ref()
    else handle?.unref()
  }
}
