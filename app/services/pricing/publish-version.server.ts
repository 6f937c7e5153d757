import { audit } from '#app/db/audit.server.ts'
import { insertPriceRules, type NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import {
  bookOfVersion,
  closeVersion,
  copyRules,
  insertVersion,
  type PriceVersionRow,
  readVersionRules,
  readVersions,
  repinItems,
  type VersionRule,
  withdrawVersion,
} from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { modelTerms } from '#app/domain/pricing/models/registry.ts'
import { type CorrectionProblem, planCorrection, planNextVersion } from '#app/domain/pricing/price-change/plan-versions.ts'
import { type VersionProblem, versionAt } from '#app/domain/pricing/version.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { requestOfferPublication } from '../offers/request-publication.server.ts'
import { refreshLevelBooks } from '../partner-levels/refresh-level-books.server.ts'

/** What a price of the version before becomes in the new one: the same, with other figures, or nothing when it is left out. */
export type ChangeRule = (rule: VersionRule, version: PriceVersionRow) => VersionRule | undefined

export type PublishVersionInput = {
  readonly priceBookId: string
  readonly validFrom: Date
  readonly note: string | null
  readonly change: ChangeRule
  /** Prices the version has beside those it takes over. */
  readonly adds?: readonly NewPriceRule[]
}
export type PublishVersionError = VersionProblem | 'no-version'

/**
 * Publishes the next version of a book from `validFrom` on: the prices in force just before, changed. The version before
 * ends there; what it priced until then, it prices for ever. Refuses overlaps, gaps and versions without duration, and a
 * book without a version to start from.
 */
export async function publishVersion(
  ctx: TenantContext,
  input: PublishVersionInput,
): Promise<Result<{ readonly priceVersionId: string }, PublishVersionError>> {
  const versions = await readVersions(ctx, [input.priceBookId], { lock: true })
  const step = planNextVersion(versions, input.validFrom)
  if (!step.ok) return step
  const standing = versions.filter((version) => !version.isWithdrawn)
  const former = versionAt(standing, new Date(input.validFrom.getTime() - 1))
  if (!former) return err('no-version')

  const { closes, number } = step.value
  if (closes) await closeVersion(ctx, closes, input.validFrom)
  const { priceBookId, validFrom, note } = input
  const { isPublic } = former
  const priceVersionId = await insertVersion(ctx, { priceBookId, number, isPublic, validFrom, validTo: null, note, supersedesId: null })
  await copyInto(ctx, priceVersionId, former, input.change)
  await insertPriceRules(ctx, { priceVersionId, isPublic, rules: input.adds ?? [] })
  await requestOfferPublication(ctx)
  await audit(ctx, {
    action: 'price-version.published',
    subjectKind: 'price-version',
    subjectId: priceVersionId,
    detail: { priceBookId, note },
  })
  await refreshLevelBooks(ctx, { priceBookId, from: validFrom })
  return ok({ priceVersionId })
}

export type OpenBookInput = Omit<PublishVersionInput, 'change' | 'adds'> & {
  readonly isPublic: boolean
  readonly prices: readonly NewPriceRule[]
}

/** Publishes the first version of a book that has none, from `validFrom` on. Lists of partner levels follow. */
export async function publishFirstVersion(ctx: TenantContext, input: OpenBookInput): Promise<{ readonly priceVersionId: string }> {
  const { priceBookId, validFrom, note, isPublic, prices } = input
  const priceVersionId = await insertVersion(ctx, { priceBookId, number: 1, isPublic, validFrom, validTo: null, note, supersedesId: null })
  await insertPriceRules(ctx, { priceVersionId, isPublic, rules: prices })
  await requestOfferPublication(ctx)
  const detail = { priceBookId, note }
  await audit(ctx, { action: 'price-version.published', subjectKind: 'price-version', subjectId: priceVersionId, detail })
  await refreshLevelBooks(ctx, { priceBookId, from: validFrom })
  return { priceVersionId }
}

export type CorrectVersionInput = { readonly priceVersionId: string; readonly note: string | null; readonly change: ChangeRule }

/**
 * Publishes a corrected version over exactly the span of a wrong one, which prices nothing from now on; whoever pinned the
 * wrong one pins the corrected one. What was charged by the wrong one stays as it is until a re-rating moves it. Refuses a version that is not there or was corrected before.
 */
export async function correctVersion(
  ctx: TenantContext,
  input: CorrectVersionInput,
): Promise<Result<{ readonly priceVersionId: string }, CorrectionProblem>> {
  const priceBookId = await bookOfVersion(ctx, input.priceVersionId)
  if (!priceBookId) return err('version-not-found')
  const versions = await readVersions(ctx, [priceBookId], { lock: true })
  const step = planCorrection(versions, input.priceVersionId)
  const wrong = versions.find((version) => version.id === input.priceVersionId)
  if (!step.ok) return step
  if (!wrong) return err('version-not-found')

  await withdrawVersion(ctx, wrong.id)
  const { note } = input
  const priceVersionId = await insertVersion(ctx, { priceBookId, isPublic: wrong.isPublic, note, supersedesId: wrong.id, ...step.value })
  await copyInto(ctx, priceVersionId, wrong, input.change)
  await repinItems(ctx, { from: wrong.id, to: priceVersionId })
  await requestOfferPublication(ctx)
  const detail = { priceBookId, supersedesId: wrong.id, note }
  await audit(ctx, { action: 'price-version.corrected', subjectKind: 'price-version', subjectId: priceVersionId, detail })
  await refreshLevelBooks(ctx, { priceBookId, from: wrong.validFrom })
  return ok({ priceVersionId })
}

async function copyInto(ctx: TenantContext, priceVersionId: string, from: PriceVersionRow, change: ChangeRule): Promise<void> {
  const changed = (await readVersionRules(ctx, [from.id])).flatMap((rule) => change(rule, from) ?? [])
  const termsOf = ({ model }: VersionRule) => (model.kind === 'per-unit' ? {} : modelTerms(model))
  await copyRules(
    ctx,
    changed.map((rule) => ({ priceVersionId, rule, terms: termsOf(rule) })),
  )
}
