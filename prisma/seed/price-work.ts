import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { addDays, type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { draftRevision } from '#app/services/catalog/edit-revision.server.ts'
import { createMigration } from '#app/services/migrations/create-migration.server.ts'
import { startPlanDraft } from '#app/services/pricing/save-plan-draft.server.ts'
import { saveCampaign, switchCampaign } from '#app/services/promotions/save-campaign.server.ts'
import { savePromotion, switchPromotion } from '#app/services/promotions/save-promotion.server.ts'
import { requestReRate } from '#app/services/rerating/request-re-rate.server.ts'
import { tenantOf } from './accounts.ts'
import { owners } from './people.ts'
import type { SeededSeller, Slug } from './sellers.ts'

type Sellers = ReadonlyMap<Slug, SeededSeller>

/** What each seller calls its promotion and its move, in its own language. */
const words: Readonly<
  Record<Slug, { readonly campaign: string; readonly promotion: string; readonly move: string; readonly reason: string }>
> = {
  meridian: {
    campaign: 'Messeherbst',
    promotion: '10 % auf die erste Grundgebühr',
    move: 'Web 1 nach Web 2',
    reason: 'Trafficpreis geprüft',
  },
  ahorn: { campaign: 'Wochenende', promotion: '10 % auf die erste Grundgebühr', move: 'Web 1 nach Web 2', reason: 'Trafficpreis geprüft' },
  lakeside: {
    campaign: 'Seeherbst',
    promotion: '10 % auf die erste Grundgebühr',
    move: 'Web 1 nach Web 2',
    reason: 'Trafficpreis geprüft',
  },
  nakhla: { campaign: 'عرض الخريف', promotion: 'خصم 10% على أول رسم شهري', move: 'نقل خطة', reason: 'مراجعة سعر حركة البيانات' },
}

/**
 * A campaign with a code, a move, a catalog revision and a plan that are being prepared, and a re-rating that waits for its dry run,
 * for every seller. Safe to repeat.
 */
export async function seedPriceWork(sellers: Sellers): Promise<void> {
  for (const slug of sellers.keys()) {
    const tenantId = tenantOf(sellers, slug)
    const { currency, owner } = await inTenant(tenantId, async ({ db }) => ({
      currency: (await db.tenant.findFirstOrThrow({ where: { tenantId } })).currency,
      owner: await db.user.findFirstOrThrow({ where: { tenantId, email: owners[slug].email } }),
    }))
    await inTenant(tenantId, (ctx) => seedOnce(ctx, slug, currency), { actor: { kind: 'user', userId: owner.id } })
  }
}

async function seedOnce(ctx: TenantContext, slug: Slug, currency: string): Promise<void> {
  if ((await ctx.db.campaign.count({ where: { tenantId: ctx.tenantId } })) > 0) return
  const today = localDateOf(ctx.now, 'UTC')
  await seedPromotion(ctx, { slug, currency, today })
  await seedMigration(ctx, slug)
  await seedDrafts(ctx, slug)
  const through = `${today.slice(0, 7)}-01`
  const scope = { priceBookIds: [], priceVersionIds: [], productIds: [], meters: ['traffic.sent'], accountIds: [], from: through, through }
  const run = await requestReRate(ctx, { scope, reason: words[slug].reason })
  invariant(run.ok, `re-rating of ${slug}`)
}

type PromotionFacts = { readonly slug: Slug; readonly currency: string; readonly today: LocalDate }

async function seedPromotion(ctx: TenantContext, { slug, currency, today }: PromotionFacts): Promise<void> {
  const span = { startsOn: addDays(today, -7), endsOn: addDays(today, 60) }
  const { campaign: name, promotion } = words[slug]
  const budget = money(100_000n, currency)
  const campaign = await saveCampaign(ctx, { campaignId: null, code: 'autumn', name, ...span, budget, segments: [], countries: [] })
  invariant(campaign.ok, `campaign of ${slug}`)
  const { campaignId } = campaign.value
  await switchCampaign(ctx, { campaignId, deed: 'start' })
  const saved = await savePromotion(ctx, {
    promotionId: null,
    code: 'weekend',
    name: promotion,
    publicCode: 'WEEKEND10',
    campaignId,
    terms: { kind: 'percent', percent: '10', periods: 1 },
    scopes: ['recurring'],
    productGroups: [],
    channelIds: [],
    isFirstOrderOnly: false,
    isNewCustomersOnly: false,
    priority: 100,
    stackGroup: null,
    isStackable: true,
    maxRedemptions: 500,
    maxPerAccount: 1,
    ...span,
  })
  invariant(saved.ok, `promotion of ${slug}: ${saved.ok ? '' : saved.error}`)
  await switchPromotion(ctx, { promotionId: saved.value.promotionId, state: 'active' })
}

/** From the plan that most subscriptions are on to the next larger one. */
async function seedMigration(ctx: TenantContext, slug: Slug): Promise<void> {
  const { tenantId } = ctx
  const products = await ctx.db.product.findMany({ where: { tenantId, kind: 'plan', status: 'published' }, orderBy: { position: 'asc' } })
  for (const [place, from] of products.entries()) {
    const to = products[place + 1] ?? products[place - 1]
    if (!to) return
    const input = {
      name: words[slug].move,
      fromPriceVersionId: null,
      toPriceVersionId: null,
      applies: 'renewal',
      effectiveAt: null,
    } as const
    const made = await createMigration(ctx, { ...input, fromProductId: from.id, toProductId: to.id })
    if (made.ok) return
  }
}

/** A revision of the reference catalog and a new version of the first plan, both begun and not finished. */
async function seedDrafts(ctx: TenantContext, slug: Slug): Promise<void> {
  const { tenantId } = ctx
  const catalog = await ctx.db.catalog.findFirstOrThrow({ where: { tenantId, isReference: true } })
  const revision = await draftRevision(ctx, { catalogId: catalog.id, note: words[slug].campaign })
  invariant(revision.ok, `catalog revision of ${slug}`)
  const product = await ctx.db.product.findFirst({ where: { tenantId, kind: 'plan' }, orderBy: { position: 'asc' } })
  const book = await ctx.db.priceBook.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code: 'retail' } } })
  const draft = await startPlanDraft(ctx, { priceBookId: book.id, productId: product?.id ?? null })
  invariant(draft.ok, `plan draft of ${slug}: ${draft.ok ? '' : draft.error}`)
}
