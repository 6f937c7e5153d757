import { randomUUID } from 'node:crypto'
import { appendFile, link, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What is on disk of one server or thing: its beginning, and what was done to it since, oldest first. */
export type Story<Beginning, Event> = Beginning & { readonly events: readonly Event[] }

const refShape = /^[0-9a-f-]{36}$/

/**
 * One file of JSON lines per story under `directory`: the first line its beginning, each further line an event. A file appears
 * whole by a link, and events are appended in one write, so several processes may write without a lock and a killed one leaves at
 * most half a line, which is skipped.
 */
export function storyFiles<Beginning extends { readonly ref: string }, Event extends { readonly at: string }>(directory: string) {
  type Told = Story<Beginning, Event>
  const pathOf = (ref: string) => join(directory, `${ref}.jsonl`)

  async function read(ref: string): Promise<Told | undefined> {
    if (!refShape.test(ref)) return undefined
    const text = await readFile(pathOf(ref), 'utf8').catch(absent)
    return text === undefined ? undefined : parse<Beginning, Event>(text)
  }

  return {
    read,

    /** Every story there ever was, by reference. */
    async readAll(): Promise<Told[]> {
      const names = (await readdir(directory).catch(absent)) ?? []
      const refs = names.filter((name) => name.endsWith('.jsonl')).map((name) => name.slice(0, -'.jsonl'.length))
      const stories = await Promise.all(refs.sort().map(read))
      return stories.filter((story) => story !== undefined)
    },

    /** Writes the beginning unless there is one already; answers what stands on disk then. */
    async begin(beginning: Beginning): Promise<Told> {
      await mkdir(directory, { recursive: true })
      const draft = join(directory, `.${randomUUID()}`)
      await writeFile(draft, `${JSON.stringify(beginning)}\n`)
      try {
        await link(draft, pathOf(beginning.ref))
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      } finally {
        await unlink(draft)
      }
      return (await read(beginning.ref)) ?? { ...beginning, events: [] }
    },

    /** Appends an event. It begins with a line break, so that a half line of a killed process does not swallow it. */
    async append(ref: string, event: Event): Promise<void> {
      await appendFile(pathOf(ref), `\n${JSON.stringify(event)}\n`)
    },
  }
}

function parse<Beginning, Event extends { readonly at: string }>(text: string): Story<Beginning, Event> | undefined {
  const [first, ...rest] = text.split('\n').filter((line) => line !== '')
  const beginning = parseLine(first) as Beginning | undefined
  if (!beginning) return undefined
  const events = rest.map((line) => parseLine(line) as Event | undefined).filter((event) => event !== undefined)
  return { ...beginning, events: events.sort((left, right) => left.at.localeCompare(right.at)) }
}

function parseLine(line: string | undefined): unknown {
  if (line === undefined) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined
  throw error
}

/** The system's error code, e.g. `EEXIST`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
