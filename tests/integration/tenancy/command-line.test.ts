import { spawn } from 'node:child_process'
import { beforeAll, describe, expect, test } from 'vitest'
import { findTenantBySlug } from '#app/db/sellers/tenants.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { growTenant } from '#tests/support/tree.ts'
import { register, trySignIn } from '../auth/store-people.ts'

type Run = { code: number | null; out: string; problems: string }

async function livery(line: readonly string[]): Promise<Run> {
  const [out, problems]: [string[], string[]] = [[], []]
  const code = await runLivery(line, { out: (text) => out.push(text), problem: (text) => problems.push(text) })
  return { code, out: out.join(''), problems: problems.join('') }
}

/** The installed command, as a process of its own. */
function installed(line: readonly string[], input: string, environment: Readonly<Record<string, string>> = {}): Promise<Run> {
  const child = spawn(process.execPath, ['scripts/livery.mjs', ...line], { stdio: 'pipe', env: { ...process.env, ...environment } })
  const run: Run = { code: null, out: '', problems: '' }
  child.stdout.on('data', (part) => (run.out += part))
  child.stderr.on('data', (part) => (run.problems += part))
  child.stdin.end(input)
  return new Promise((resolve) => child.once('close', (code) => resolve({ ...run, code })))
}

const words = (line: string) => line.split(' ')
const birke = [
  ...words('tenant add --slug birke --country AT --currency EUR --time-zone Europe/Vienna --email office@birke.example'),
  '--name',
  'Birke Cloud GmbH',
  ...words('--owner-email owner@birke.example --owner-name Olga'),
]

let ahorn: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
})

describe('livery tenant', () => {
  test('add makes a reseller of a parent, and does so once', async () => {
    const line = [...birke, ...words('--parent ahorn --price-book resellers --credit-limit 5000.00 --json')]
    const first = await livery(line)
    expect(first).toMatchObject({ code: 0, problems: '' })
    const tenant = await findTenantBySlug('birke')
    expect(tenant).toMatchObject({ legalName: 'Birke Cloud GmbH', parentTenantId: ahorn, numberPrefix: 'BIR' })
    expect(JSON.parse(first.out)).toMatchObject({ ok: true, tenantId: tenant?.tenantId })
    expect(JSON.parse((await livery(line)).out)).toEqual(JSON.parse(first.out))
  })

  test('add answers wrong use with 2, a refusal with 1', async () => {
    expect(await livery(words('tenant add --slug x'))).toMatchObject({ code: 2, out: '' })
    expect((await livery([...birke, ...words('--parent nobody --price-book resellers')])).code).toBe(2)
    const refused = await livery([...birke, ...words('--parent ahorn --price-book unknown --json')])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toEqual({ ok: false, error: 'price-book-not-found' })
  })

  test('list shows the tree', async () => {
    const { code, out } = await livery(words('tenant list'))
    expect(code).toBe(0)
    expect(out).toContain('ahorn  ahorn GmbH  AT EUR  active\n  birke  Birke Cloud GmbH  AT EUR  active')
  })
})

describe('livery account and user', () => {
  test('a buyer, and a person of the buyer with a password that was piped in', async () => {
    const account = await livery([
      ...words('account add --tenant ahorn --kind business --email office@linde.example --country AT --json --name'),
      'Café Linde',
    ])
    expect(account.code).toBe(0)
    const { id } = JSON.parse(account.out) as { id: string }
    expect(id).toMatch(/^cus_[0-9a-f]{32}$/)
    const person = [...words('user create --tenant ahorn --email lena@linde.example --name Lena --password-stdin --account'), id]
    expect((await installed(person, 'password1\n')).code).toBe(1)
    expect((await installed(person, 'ahornblatt im wind\n')).code).toBe(0)
    expect((await trySignIn(ahorn, 'ahorn.localhost', 'lena@linde.example')).ok).toBe(true)
  })

  test('a reset prints a link to the store', async () => {
    await register(ahorn, 'lost@example.test')
    const { code, out } = await livery(words('user reset --tenant ahorn --email lost@example.test'))
    expect(code).toBe(0)
    expect(out).toMatch(/^http:\/\/ahorn\.localhost:\d+\/reset\?token=[\w-]{43}\n$/)
    expect((await livery(words('user reset --tenant ahorn --email nobody@example.test'))).code).toBe(1)
  })
})

describe('livery', () => {
  test('explains itself, and a bad configuration is one line and 78', async () => {
    expect((await livery(['--help'])).code).toBe(0)
    expect((await livery(['tenant', 'add', '--help'])).out).toContain('--time-zone <zone>')
    expect(await livery(['no-such-command'])).toMatchObject({ code: 2, out: '' })
    const problems = 'Bad configuration: DATABASE_URL must be a postgresql:// URL\n'
    expect(await installed(['tenant', 'list'], '', { DATABASE_URL: 'mysql://x' })).toEqual({ code: 78, out: '', problems })
  })

  test('the doctor finds roles, row-level security and clock in order', async () => {
    const { out } = await livery(['doctor', '--json'])
    const { findings } = JSON.parse(out) as { findings: { check: string; isGood: boolean }[] }
    expect(findings.filter(({ isGood }) => !isGood).map(({ check }) => check)).toEqual([])
    expect(findings.map(({ check }) => check)).toEqual([
      'server version',
      'roles',
      'row-level security',
      'no scope, no rows',
      'migrations',
      'encrypted fields',
      'clock',
    ])
  })
})
