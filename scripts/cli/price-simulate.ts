import { readFile } from 'node:fs/promises'
import { readSheet } from '#app/adapters/sheets/sheet-files.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { metersOfPlan } from '#app/domain/pricing/plan-file/declared-meters.ts'
import { lineOf, readJsonText } from '#app/domain/pricing/plan-file/json-text.ts'
import { type PlanFile, readPlan } from '#app/domain/pricing/plan-file/plan-file.ts'
import { rulesOfPlan } from '#app/domain/pricing/plan-file/preview-plan.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { type SimulatedLine, type SimulatedPrices, simulatePrices } from '#app/domain/simulation/simulate-prices.ts'
import { readUsageSheet, type SheetUsage } from '#app/domain/simulation/usage-sheet.ts'
import { startOfDay } from '#app/domain/time/local-date.ts'
import { type Period, period } from '#app/domain/time/period.ts'
import type { OwnMeters } from '#app/domain/usage/own-meter.ts'
import { chargeReason } from '#app/i18n/charge-reason.ts'
import { formatMoney, formatQuantity, formatRate } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { isLanguage } from '#app/i18n/languages.ts'
import { planProblemText } from '#app/i18n/plan-texts.ts'
import { type Answer, command, exitCodes, wrongUse } from './command.ts'
import { accountId, timeZone } from './options.ts'
import { metersOfTenant, type StoredOptions, simulateStored } from './price-stored.ts'

type Options = StoredOptions & { plan?: string; usage?: string; from?: string; to?: string; currency?: string; zone: string }

/**
 * `livery price simulate`: what usage costs by a plan, line by line. Plan and usage are files, which needs no database, or with
 * `--tenant` a plan of a price book and the real usage of an account. Meters of a seller's own are those that the plan file declares, and
 * with `--tenant` those of the seller. Keeps nothing.
 */
export const priceSimulate = command<Options>(
  'simulate',
  'rate usage by a plan',
  async (options) => {
    checkUse(options)
    const known = options.tenant === undefined ? undefined : await metersOfTenant(options.tenant)
    const text = options.plan === undefined ? undefined : await fileText(options.plan)
    const plan = text === undefined ? undefined : planOf(text, options.plan ?? '', known)
    if (plan && 'problem' in plan) return plan.problem
    const own = plan ? metersOfPlan(plan.value, known) : known
    const usage = options.usage === undefined ? undefined : await usageOf(options.usage, own)
    if (usage && 'problem' in usage) return usage.problem
    if (plan && usage) {
      checkCurrency(options, plan.value.currency)
      return answer(rulesOf(plan.value), simulate(plan.value, usage.value, options))
    }
    const stored = await simulateStored(options, { text, usage: usage?.value, span: spanOf(options) })
    if ('answer' in stored) return stored.answer
    checkCurrency(options, stored.currency)
    return answer(stored.rules, stored.prices)
  },
  { needsDatabase: false },
)
  .option('--plan <file>', 'the plan, in the format of docs/plan-format.md')
  .option(
    '--usage <file>',
    'the usage: CSV or XLSX with the columns meter, quantity, start, end, and if wanted resource, subscription and dimensions',
  )
  .option('--tenant <slug>', 'whose book or account it is')
  .option('--book <code>', 'instead of --plan: the prices in force in this price book')
  .option('--product <code>', 'whose plan of the book; without it the rate card')
  .option('--account <id>', 'instead of --usage: the real usage of this customer', accountId)
  .option('--month <month>', 'of which month, such as 2026-06', month)
  .option('--from <date>', 'first day of the fees; without it the month of the first usage', localDate)
  .option('--to <date>', 'the day after the last one', localDate)
  .option('--currency <code>', 'the currency the plan must have', (code) =>
    isCurrency(code) ? code : wrongUse(`"${code}" is not a currency`),
  )
  .option('--zone <zone>', 'where days and months begin', timeZone, 'UTC')

function checkUse({ plan, usage, tenant, book, account, month: of, from, to }: Options): void {
  if ((plan === undefined) === (book === undefined)) wrongUse('give either --plan or --book')
  if ((usage === undefined) === (account === undefined)) wrongUse('give either --usage or --account')
  if ((book ?? account) !== undefined && tenant === undefined) wrongUse('--book and --account need --tenant')
  if ((account === undefined) !== (of === undefined)) wrongUse('--account and --month belong together')
  if ((from === undefined) !== (to === undefined)) wrongUse('--from and --to belong together')
  if (from && to && to <= from) wrongUse('--to lies after --from')
}

function checkCurrency(options: Options, currency: string): void {
  if (options.currency && options.currency !== currency)
    wrongUse(`the plan is in ${currency}, not in ${options.currency}: a price is never converted`)
}

function spanOf({ from, to, zone }: Options): Period | null {
  return from && to ? period(startOfDay(from, zone), startOfDay(to, zone)) : null
}

type Read<T> = { readonly value: T } | { readonly problem: Answer }

const product = 'plan'

function simulate(plan: PlanFile, usage: readonly SheetUsage[], options: Options): SimulatedPrices {
  return simulatePrices({
    rules: rulesOf(plan),
    currency: plan.currency,
    productId: plan.kind === 'plan' ? product : null,
    proration: plan.proration,
    usage,
    cycle: { zone: options.zone, anchorDay: 1 },
    span: spanOf(options),
  })
}

function rulesOf(plan: PlanFile): PriceRule[] {
  return rulesOfPlan(plan, plan.kind === 'plan' ? product : null)
}

function answer(prices: readonly PriceRule[], simulated: SimulatedPrices): Answer {
  const rules = new Map(prices.map((rule) => [rule.id, rule]))
  const texts = { t: translatorFor('en', 'pricing'), locale: 'en', isolate: (text: string) => text }
  const lines = simulated.lines.map((line) => {
    const rule = rules.get(line.charge.priceRuleId)
    return { line, reason: rule ? chargeReason({ charge: line.charge, rule, texts }) : '' }
  })
  const refused = simulated.refused.map(({ row, reason }) => `row ${row}: ${reason}`)
  const { currency, minor } = simulated.total
  return {
    lines: [
      ...lines.map(({ line, reason }) => lineText(line, reason)),
      ...refused.map((text) => `refused  ${text}`),
      `total    ${formatMoney(simulated.total, 'en', 'code')} before tax`,
    ],
    json: {
      currency,
      lines: lines.map(({ line: { charge }, reason }) => ({
        meter: charge.meter ?? charge.feeKind,
        quantity: charge.quantity.toFixed(),
        amount: charge.amount.toFixed(),
        reason,
      })),
      totalMinor: minor.toString(),
      ...(refused.length > 0 ? { refused: simulated.refused } : {}),
    },
    exitCode: refused.length > 0 ? exitCodes.rowErrors : exitCodes.done,
  }
}

function lineText({ row, charge }: SimulatedLine, reason: string): string {
  const what = charge.meter ?? charge.feeKind
  const amount = formatRate(charge.amount, charge.currency, 'en')
  return `${(row === null ? 'fee' : `row ${row}`).padEnd(8)} ${what.padEnd(16)} ${formatQuantity(charge.quantity, 'en').padStart(12)} ${charge.unit.padEnd(9)} ${amount.padStart(14)}  ${reason}`
}

function planOf(text: string, file: string, known: OwnMeters | undefined): Read<PlanFile> {
  const json = readJsonText(text)
  if (!json.ok) return refusedFile(file, [{ at: `line ${json.line}`, pointer: json.pointer, code: json.error }])
  const plan = readPlan(json.value, metersOfPlan(json.value, known))
  if (plan.ok) return plan
  return refusedFile(
    file,
    plan.problems.map(({ pointer, code }) => ({ at: `line ${lineOf(json.lines, pointer)}`, pointer, code })),
  )
}

async function usageOf(file: string, own: OwnMeters | undefined): Promise<Read<readonly SheetUsage[]>> {
  const sheet = await readSheet(await fileBytes(file))
  if (!sheet.ok) return refusedFile(file, [{ at: 'file', pointer: '', code: sheet.error }])
  const usage = readUsageSheet(sheet.value, own)
  if (usage.ok) return usage
  return refusedFile(
    file,
    usage.problems.map(({ row, column, code }) => ({ at: `row ${row}`, pointer: column, code })),
  )
}

type Fault = { readonly at: string; readonly pointer: string; readonly code: string }

function refusedFile(file: string, problems: readonly Fault[]): { problem: Answer } {
  const lines = problems.map(({ at, pointer, code }) => `  ${at}${pointer ? `, ${pointer}` : ''}: ${code}. ${problemText(code)}`)
  const json = { ok: false, error: 'bad-file', file, problems }
  return { problem: { lines: [`refused: ${file}`, ...lines], json, exitCode: exitCodes.failed } }
}

/** The problem in the language of the terminal, as far as Livery speaks it. */
function problemText(code: string): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  const wanted = (LC_ALL || LC_MESSAGES || LANG || 'en').replace(/[_.].*$/, '')
  return planProblemText(translatorFor(isLanguage(wanted) ? wanted : 'en', 'pricing'), { code })
}

async function fileBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (failure) {
    return wrongUse(`"${file}" cannot be read: ${(failure as NodeJS.ErrnoException).code ?? 'unknown'}`)
  }
}

async function fileText(file: string): Promise<string> {
  return Buffer.from(await fileBytes(file)).toString('utf8')
}

function localDate(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : wrongUse(`"${text}" is not a date such as 2026-06-01`)
}

function month(text: string): string {
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(text) ? text : wrongUse(`"${text}" is not a month such as 2026-06`)
}
