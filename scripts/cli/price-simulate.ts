import { readFile } from 'node:fs/promises'
import { readSheet } from '#app/adapters/sheets/sheet-files.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { toDecimal } from '#app/domain/money/money.ts'
import { lineOf, readJsonText } from '#app/domain/pricing/plan-file/json-text.ts'
import { type PlanFile, readPlan } from '#app/domain/pricing/plan-file/plan-file.ts'
import { planRules } from '#app/domain/pricing/plan-file/plan-rules.ts'
import type { PriceRule } from '#app/domain/pricing/price-rule.ts'
import { type SimulatedLine, type SimulatedPrices, simulatePrices } from '#app/domain/simulation/simulate-prices.ts'
import { readUsageSheet, type SheetUsage } from '#app/domain/simulation/usage-sheet.ts'
import { startOfDay } from '#app/domain/time/local-date.ts'
import { period } from '#app/domain/time/period.ts'
import { chargeReason } from '#app/i18n/charge-reason.ts'
import { formatMoney, formatQuantity, formatRate } from '#app/i18n/formats.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import { type Answer, command, exitCodes, wrongUse } from './command.ts'
import { timeZone } from './options.ts'

type Options = { plan: string; usage: string; from?: string; to?: string; currency?: string; zone: string }

/** `livery price simulate`: what a usage file costs by a plan file, line by line. Needs no database and keeps nothing. */
export const priceSimulate = command<Options>(
  'simulate',
  'rate a usage file by a plan file',
  async (options) => {
    const text = await fileText(options.plan)
    const plan = planOf(text, options.plan)
    if ('problem' in plan) return plan.problem
    if (options.currency && options.currency !== plan.value.currency)
      return wrongUse(`the plan is in ${plan.value.currency}, not in ${options.currency}: a price is never converted`)
    const usage = await usageOf(options.usage)
    if ('problem' in usage) return usage.problem
    return answer(plan.value, simulate(plan.value, usage.value, options))
  },
  { needsDatabase: false },
)
  .requiredOption('--plan <file>', 'the plan, in the format of docs/plan-format.md')
  .requiredOption(
    '--usage <file>',
    'the usage: CSV or XLSX with the columns meter, quantity, start, end, and if wanted resource, subscription and dimensions',
  )
  .option('--from <date>', 'first day of the fees; without it the month of the first usage', localDate)
  .option('--to <date>', 'the day after the last one', localDate)
  .option('--currency <code>', 'the currency the plan must have', (code) =>
    isCurrency(code) ? code : wrongUse(`"${code}" is not a currency`),
  )
  .option('--zone <zone>', 'where days and months begin', timeZone, 'UTC')

type Read<T> = { readonly value: T } | { readonly problem: Answer }

const product = 'plan'

function simulate(plan: PlanFile, usage: readonly SheetUsage[], { from, to, zone }: Options): SimulatedPrices {
  if ((from === undefined) !== (to === undefined)) wrongUse('--from and --to belong together')
  if (from && to && to <= from) wrongUse('--to lies after --from')
  return simulatePrices({
    rules: rulesOf(plan),
    currency: plan.currency,
    productId: plan.kind === 'plan' ? product : null,
    proration: plan.proration,
    usage,
    cycle: { zone, anchorDay: 1 },
    span: from && to ? period(startOfDay(from, zone), startOfDay(to, zone)) : null,
  })
}

function rulesOf(plan: PlanFile): PriceRule[] {
  const validFrom = plan.validFrom ? new Date(plan.validFrom) : new Date(0)
  const validTo = plan.validTo ? new Date(plan.validTo) : null
  const facts = { priceVersionId: 'version', layer: 1, exchange: null, validFrom, validTo } as const
  return planRules(plan, plan.kind === 'plan' ? product : null).map((rule, index) => ({
    ...rule,
    ...facts,
    id: `rule-${String(index + 1).padStart(4, '0')}`,
  }))
}

function answer(plan: PlanFile, simulated: SimulatedPrices): Answer {
  const rules = new Map(rulesOf(plan).map((rule) => [rule.id, rule]))
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

function planOf(text: string, file: string): Read<PlanFile> {
  const json = readJsonText(text)
  if (!json.ok) return refusedFile(file, [{ at: `line ${json.line}`, pointer: json.pointer, code: json.error }])
  const plan = readPlan(json.value)
  if (plan.ok) return plan
  return refusedFile(
    file,
    plan.problems.map(({ pointer, code }) => ({ at: `line ${lineOf(json.lines, pointer)}`, pointer, code })),
  )
}

async function usageOf(file: string): Promise<Read<readonly SheetUsage[]>> {
  const sheet = await readSheet(await fileBytes(file))
  if (!sheet.ok) return refusedFile(file, [{ at: 'file', pointer: '', code: sheet.error }])
  const usage = readUsageSheet(sheet.value)
  if (usage.ok) return usage
  return refusedFile(
    file,
    usage.problems.map(({ row, column, code }) => ({ at: `row ${row}`, pointer: column, code })),
  )
}

type Fault = { readonly at: string; readonly pointer: string; readonly code: string }

function refusedFile(file: string, problems: readonly Fault[]): { problem: Answer } {
  const lines = problems.map(({ at, pointer, code }) => `  ${at}${pointer ? `, ${pointer}` : ''}: ${code}`)
  const json = { ok: false, error: 'bad-file', file, problems }
  return { problem: { lines: [`refused: ${file}`, ...lines], json, exitCode: exitCodes.failed } }
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
