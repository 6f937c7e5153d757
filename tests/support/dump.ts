import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { databaseUrls, environment } from '#app/config/env.server.ts'

type Column = { readonly schema: string; readonly table: string; readonly column: string; readonly type: string }

/** Runs `work` as the user that a back-up is taken by: nothing is hidden from it. */
export async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrls().admin })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const columnsSql = `
  select c.table_schema as schema, c.table_name as table, c.column_name as column, c.data_type as type
  from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
  where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
    and c.data_type in ('text', 'character varying', 'character', 'json', 'jsonb', 'bytea', 'ARRAY', 'xml')
  order by 1, 2, 3`

/** Which of `words` stand in plain in the database, as `table.column: word`; every column of text, JSON and bytes of every table is read. */
export function wordsInDump(words: readonly string[]): Promise<string[]> {
  return asAdmin(async (client) => {
    const { rows } = await client.query<Column>(columnsSql)
    const found: string[] = []
    for (const { schema, table, column, type } of rows) {
      const text = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`
      const { rows: hits } = await client.query<{ word: string }>(
        `select w.word from unnest($1::text[]) as w (word) where exists (select from "${schema}"."${table}" where position(w.word in ${text}) > 0)`,
        [words],
      )
      found.push(...hits.map(({ word }) => `${table}.${column}: ${word}`))
    }
    return found
  })
}

/** Which of `words` stand in plain in the files that the product keeps, as `name: word`, and how many files there are. */
export async function wordsInFiles(words: readonly string[]): Promise<{ readonly files: number; readonly found: readonly string[] }> {
  const root = join(environment().LIVERY_DATA_DIR, 'files')
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  const found: string[] = []
  for (const { name, parentPath } of entries) {
    const content = await readFile(join(parentPath, name))
    found.push(...words.filter((word) => content.includes(word)).map((word) => `${name}: ${word}`))
  }
  return { files: entries.length, found }
}
