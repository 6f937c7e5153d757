import { v7 } from 'uuid'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import type { Prisma } from '#app/db/generated/client.ts'
import { type AddAccountInput, addAccount } from '#app/services/accounts/add-account.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { plantAccess } from './plant-access.ts'
import { plantBuyerAttempts } from './plant-attempts.ts'
import { plantBudget } from './plant-budgets.ts'
import { plantBuyerPrices } from './plant-buyer-prices.ts'
import { plantCloud } from './plant-cloud.ts'
import { plantBuyerCredit } from './plant-credit.ts'
import { plantDeferredPart } from './plant-deferral.ts'
import { plantDelivery } from './plant-delivery.ts'
import { plantBuyerDispute } from './plant-disputes.ts'
import { plantBuyerExports } from './plant-exports.ts'
import { plantBuyerFraud } from './plant-fraud.ts'
import { plantBuyerDunning, plantBuyerHold } from './plant-holds.ts'
import { plantBuyerPayments } from './plant-payments.ts'
import { plantProject } from './plant-project.ts'
import type { PlantedSeller } from './plant-seller.ts'
import { plantSettlement } from './plant-settlement.ts'
import { plantBuyerTax } from './plant-tax.ts'
import { plantTicket } from './plant-ticket.ts'
import { plantBuyerWallet } from './plant-wallet.ts'
import { windowEnd, windowStart } from './planted-window.ts'

type Buyer = PlantedSeller & { readonly accountId: string; readonly contractId: string; readonly sequence: number }

let planted = 0

/** Opens an account below `seller` and puts a row of every kind that belongs to a buyer into it. Returns the account's id. */
export function plantBuyer(seller: PlantedSeller, input: Partial<AddAccountInput>): Promise<string> {
  planted += 1
  const sequence = planted
  const facts = {
    kind: 'business',
    name: `Buyer ${sequence}`,
    email: `buyer-${sequence}@example.test`,
    language: 'en',
    country: 'AT',
    addressLines: [],
  } as const
  return inTenant(seller.tenantId, async (ctx) => {
    const added = await addAccount(ctx, { ...facts, contract: { priceBookCode: 'public' }, ...input })
    if (!added.ok) throw new Error(`plantBuyer: ${added.error}`)
    const { accountId } = added.value
    await addMember(ctx, { email: facts.email, name: facts.name, language: 'en', accountId, profile: 'customer-owner' })
    const contract = await ctx.db.contract.findFirstOrThrow({ where: { accountId } })
    const buyer = { ...seller, accountId, contractId: contract.id, sequence }
    const subscriptionId = await plantOrder(ctx, buyer)
    await plantCharge(ctx, buyer, subscriptionId)
    const invoiceId = await plantInvoice(ctx, buyer)
    await plantBuyerPrices(ctx, { ...buyer, subscriptionId, invoiceId })
    await plantBuyerTax(ctx, accountId)
    await plantBuyerExports(ctx, accountId)
    await plantBuyerCredit(ctx, buyer)
    await plantDelivery(ctx, accountId)
    await plantBuyerPayments(ctx, { ...buyer, invoiceId })
    await plantBuyerAttempts(ctx, { accountId, invoiceId })
    await plantBuyerDispute(ctx, accountId)
    await plantBuyerWallet(ctx, { accountId, invoiceId })
    await plantSettlement(ctx, buyer)
    await plantBuyerHold(ctx, accountId)
    await plantBuyerDunning(ctx, { accountId, invoiceId })
    await plantBuyerFraud(ctx, accountId)
    await plantBudget(ctx, accountId)
    await plantProject(ctx, accountId)
    await plantAccess(ctx, accountId)
    await plantCloud(ctx, accountId)
    await plantTicket(ctx, accountId)
    return accountId
  })
}

async function plantOrder(
  { db, tenantId, now }: TenantContext,
  { accountId, contractId, productId, cloudRef, sequence }: Buyer,
): Promise<string> {
  const [orderId, subscriptionId, resourceId] = [v7(), v7(), v7()]
  const amounts = { currency: 'EUR', netMinor: 100n, taxMinor: 0n, totalMinor: 100n }
  await db.order.createMany({
    data: [
      {
        tenantId,
        id: orderId,
        accountId,
        contractId,
        productId,
        idempotencyKey: orderId,
        state: 'active',
        input: {},
        ...amounts,
        placedAt: now,
      },
    ],
  })
  await db.orderStep.createMany({ data: [{ tenantId, id: v7(), orderId, accountId, position: 1, step: 'create', state: 'done', at: now }] })
  await db.subscription.createMany({
    data: [
      {
        tenantId,
        id: subscriptionId,
        accountId,
        contractId,
        productId,
        orderId,
        name: 'web',
        state: 'active',
        startedAt: now,
        createdAt: now,
      },
    ],
  })
  const server = { externalId: `vm-${sequence}`, kind: 'server', name: 'web', state: 'running', zone: 'fra-1', spec: {}, isManaged: true }
  await db.resource.createMany({ data: [{ tenantId, id: resourceId, accountId, subscriptionId, cloudRef, ...server, createdAt: now }] })
  await db.resourceEvent.createMany({ data: [{ tenantId, id: v7(), resourceId, accountId, at: now, action: 'create' }] })
  await db.cloudMapping.createMany({
    data: [{ tenantId, id: v7(), accountId, cloudRef, externalKind: 'account', externalId: `acct-${sequence}`, createdAt: now }],
  })
  return subscriptionId
}

async function plantCharge({ db, tenantId, now }: TenantContext, buyer: Buyer, subscriptionId: string): Promise<void> {
  const { accountId, contractId, batchId, cloudRef, priceVersionId, priceRuleId, sequence } = buyer
  const usageRecordId = v7()
  const window = { windowStart, windowEnd, owner: {}, dimensions: {} }
  await db.usageRecord.createMany({
    data: [
      {
        tenantId,
        id: usageRecordId,
        accountId,
        batchId,
        cloudRef,
        subscriptionId,
        sourceKey: `usage-${sequence}`,
        meter: 'server.running',
        unit: 'hour',
        quantity: '1',
        ...window,
        createdAt: now,
      },
    ],
  })
  await db.usageCounter.createMany({
    data: [{ tenantId, contractId, counterKey: 'server.running', periodStart: windowStart, consumed: '1' }],
  })
  const price = {
    quantity: '1',
    includedQuantity: '0',
    billedQuantity: '1',
    unitPrice: '1',
    amount: '1',
    currency: 'EUR',
    priceVersionId,
    priceRuleId,
  }
  await db.charge.createMany({
    data: [
      {
        tenantId,
        id: v7(),
        accountId,
        payerAccountId: accountId,
        contractId,
        usageRecordId,
        sourceKey: `charge-${sequence}`,
        category: 'Usage',
        class: '',
        frequency: 'Usage-Based',
        feeKind: 'usage',
        meter: 'server.running',
        unit: 'hour',
        ...price,
        reason: {},
        periodStart: windowStart,
        periodEnd: windowEnd,
        billingPeriod: windowStart,
        createdAt: now,
      },
    ],
  })
}

async function plantInvoice({ db, tenantId, now }: TenantContext, buyer: Buyer): Promise<string> {
  const { accountId, contractId, billingRunId, sequence } = buyer
  const invoiceId = v7()
  const amounts = { currency: 'EUR', netMinor: 100n, taxMinor: 0n, totalMinor: 100n }
  const dates = {
    issueDate: new Date('2026-10-01'),
    dueDate: new Date('2026-10-15'),
    periodStart: new Date('2026-09-01'),
    periodEnd: new Date('2026-10-01'),
  }
  const number = { documentType: 'invoice', series: 'X', year: 2026, sequence, number: `X-${sequence}` }
  const rest = { language: 'en', seller: {}, buyer: {}, contentHash: 'hash', finalisedAt: now, lineCount: 1 }
  await db.invoice.createMany({
    data: [{ tenantId, id: invoiceId, accountId, contractId, billingRunId, ...number, ...dates, ...amounts, ...rest }],
  })
  await db.invoiceDraft.createMany({
    data: [
      {
        tenantId,
        id: v7(),
        billingRunId,
        accountId,
        contractId,
        state: 'finalised',
        ...amounts,
        content: {},
        invoiceId,
        createdAt: now,
        periodStart: dates.periodStart,
        periodEnd: dates.periodEnd,
      },
    ],
  })
  const draft = { documentType: 'invoice', state: 'open', version: 1, content: {}, createdAt: now, changedAt: now }
  await db.documentDraft.createMany({ data: [{ tenantId, id: v7(), accountId, contractId, ...draft }] })
  await plantInvoiceParts({ db, tenantId, now }, buyer, invoiceId)
  await plantEntry({ db, tenantId, now }, buyer, invoiceId)
  return invoiceId
}

type Writing = Pick<TenantContext, 'db' | 'tenantId' | 'now'>

async function plantInvoiceParts({ db, tenantId, now }: Writing, { accountId }: Buyer, invoiceId: string): Promise<void> {
  const quantities = {
    quantity: '1',
    unit: 'hour',
    includedQuantity: '0',
    billedQuantity: '1',
    unitPrice: '1',
    currency: 'EUR',
    netMinor: 100n,
  }
  const line = {
    position: 1,
    kind: 'usage',
    description: {},
    ...quantities,
    taxCategory: 'S',
    taxRate: '0',
    periodStart: windowStart,
    periodEnd: windowEnd,
  }
  const lineId = v7()
  await db.invoiceLine.createMany({ data: [{ tenantId, id: lineId, invoiceId, accountId, sectionAccountId: accountId, ...line }] })
  await plantShowback({ db, tenantId, now }, { accountId, invoiceId, lineId }, line)
  await plantDeferredPart({ db, tenantId, now }, { invoiceId, lineId })
  const tax = { category: 'S', rate: '0', currency: 'EUR', baseMinor: 100n, taxMinor: 0n, reason: 'standard' }
  await db.invoiceTax.createMany({ data: [{ tenantId, id: v7(), invoiceId, accountId, ...tax }] })
  await db.invoiceState.createMany({
    data: [{ tenantId, invoiceId, accountId, status: 'open', totalMinor: 100n, paidMinor: 0n, changedAt: now }],
  })
  const file = { format: 'pdf', fileKey: invoiceId, sha256: 'hash', sizeBytes: 1, createdAt: now }
  await db.document.createMany({ data: [{ tenantId, id: v7(), accountId, invoiceId, ...file }] })
  const problem = { problem: 'no-archive', detail: 'no font has it', isParked: false, noticedAt: now }
  await db.documentProblem.createMany({ data: [{ tenantId, id: v7(), accountId, invoiceId, ...problem }] })
  const mail = { channel: 'mail', recipient: 'buyer@example.test', messageKey: invoiceId, state: 'accepted', createdAt: now }
  await db.delivery.createMany({ data: [{ tenantId, id: v7(), accountId, invoiceId, ...mail }] })
}

type PlantedLine = { kind: string; netMinor: bigint; position: number; taxCategory: string; taxRate: string }

async function plantShowback(
  { db, tenantId, now }: Writing,
  { accountId, invoiceId, lineId }: { accountId: string; invoiceId: string; lineId: string },
  {
    taxCategory: _,
    taxRate: __,
    ...line
  }: PlantedLine & Omit<Prisma.ShowbackLineCreateManyInput, 'tenantId' | 'id' | 'accountId' | 'showbackId' | 'invoiceLineId'>,
): Promise<void> {
  const [id, day] = [v7(), new Date('2026-10-01')]
  const head = {
    documentType: 'invoice',
    name: 'R&D',
    issueDate: day,
    periodStart: day,
    periodEnd: day,
    currency: 'EUR',
    netMinor: line.netMinor,
    taxMinor: 0n,
  }
  await db.showback.createMany({ data: [{ tenantId, id, accountId, payerAccountId: accountId, invoiceId, ...head, createdAt: now }] })
  await db.showbackLine.createMany({ data: [{ tenantId, id: v7(), accountId, showbackId: id, invoiceLineId: lineId, ...line }] })
}

async function plantEntry({ db, tenantId, now }: Writing, { accountId, receivableId, incomeId }: Buyer, invoiceId: string): Promise<void> {
  const entryId = v7()
  const about = { sourceKey: `invoice:${invoiceId}`, kind: 'invoice', accountId, invoiceId, postingCount: 2 }
  await db.ledgerEntry.createMany({
    data: [{ tenantId, id: entryId, ...about, bookedOn: now, occurredAt: now, createdAt: now }],
  })
  const side = { tenantId, entryId, accountId, currency: 'EUR', bookedOn: now }
  await db.ledgerPosting.createMany({
    data: [
      { ...side, id: v7(), ledgerAccountId: receivableId, amountMinor: 100n },
      { ...side, id: v7(), ledgerAccountId: incomeId, amountMinor: -100n },
    ],
  })
}
