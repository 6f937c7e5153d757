import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sealedFieldNames } from './sealed-fields.server.ts'

const camel = (name: string) => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase())

/** Names under which SQL and the Prisma client speak of a table. */
function namesOf(table: string): RegExp {
  const one = table.endsWith('ies') ? `${table.slice(0, -3)}y` : table.slice(0, -1)
  return new RegExp(`(from|join|into|update) ${table}\\b|\\.${camel(one)}\\.`)
}

const files = ['db', 'reports', 'services', 'auth', 'jobs', 'web']
  .flatMap((folder) => readdirSync(`app/${folder}`, { recursive: true, encoding: 'utf8' }).map((name) => `app/${folder}/${name}`))
  .filter((file) => file.endsWith('.ts') && !file.includes('/generated/') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(file, 'utf8') }))

/** Files that name such a column and never see what is in it. */
const untouched: Readonly<Record<string, string>> = {
  'app/db/people/account-closings.server.ts': 'empties addresses',
  'app/reports/order-progress/query.server.ts': "the seller's own address",
  'app/reports/payments/expected.server.ts': "the seller's own address",
  'app/reports/invoices/drafts.server.ts': 'the name alone',
}

test.each(sealedFieldNames)('whoever reads or writes %s seals and opens it', (field) => {
  const [table = '', column = ''] = field.split('.')
  const [tableNames, columnNames] = [namesOf(table), new RegExp(`\\b(${column}|${camel(column)})\\b`)]
  const users = files.filter(({ text }) => tableNames.test(text) && columnNames.test(text))
  expect(users.length, 'the names are found').toBeGreaterThan(0)
  const forgetful = users.filter(({ file, text }) => !text.includes('/sealed-fields.server.ts') && !(file in untouched))
  expect(forgetful.map(({ file }) => file)).toEqual([])
})
