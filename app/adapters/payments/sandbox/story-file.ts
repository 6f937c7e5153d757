import { randomUUID } from 'node:crypto'
import { appendFile, link, mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What is on disk of one thing: its beginning, and what was done to it since, oldest first. */
export type Story<Beginning, Deed> = { readonly beginning: Beginning; readonly deeds: readonly Deed[] }

const nameShape = /^[a-z0-9_-]{3,80}$/

/**
 * One file of JSON lines per thing under `directory`: the first line its beginning, each further line a deed, in the order in which they
 * count. A file appears whole by a link, and deeds are appended in one write: several processes write without a lock, and all of them
 * read the same order.
 */
export function storyFiles<Beginning, Deed>(directory: string) {
  const pathOf = (name: string) => join(directory, `${name}.jsonl`)

  async function read(name: string): Promise<Story<Beginning, Deed> | undefined> {
    if (!nameShape.test(name)) return undefined
    const text = await readFile(pathOf(name), 'utf8').catch(absent)
    if (text === undefined) return undefined
    const [beginning, ...deeds] = text.split('\n').flatMap(parsed)
    return { beginning: beginning as Beginning, deeds: deeds as Deed[] }
  }

  return {
    read,

    /** Names of all there are. */
    async names(): Promise<string[]> {
      const files = (await readdir(directory).catch(absent)) ?? []
      const names = files.filter((file) => file.endsWith('.jsonl')).map((file) => file.slice(0, -'.jsonl'.length))
      return names.sort()
    },

    /** Writes the beginning unless there is one already; answers what stands on disk then. */
    async begin(name: string, beginning: Beginning): Promise<Story<Beginning, Deed>> {
      await mkdir(directory, { recursive: true })
      const draft = join(directory, `.${randomUUID()}`)
      await writeFile(draft, `${JSON.stringify(beginning)}\n`)
      await link(draft, pathOf(name))
        .catch(present)
        .finally(() => unlink(draft))
      return (await read(name)) ?? { beginning, deeds: [] }
    },

    /** Appends a deed and answers the story with it. A line break comes first, so that half a line of a killed process does not swallow it. */
    async append(name: string, deed: Deed): Promise<Story<Beginning, Deed> | undefined> {
      await appendFile(pathOf(name), `\n${JSON.stringify(deed)}\n`)
      return read(name)
    },
  }
}

/** The line's value; none of an empty line or of half a one. */
function parsed(line: string): unknown[] {
  if (line === '') return []
  try {
    return [JSON.parse(line)]
  } catch {
    return []
  }
}

function absent(error: unknown): undefined {
  if (codeOf(error) === 'ENOENT') return undefined
  throw error
}

function present(error: unknown): void {
  if (codeOf(error) !== 'EEXIST') throw error
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
