import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'
import { windowStart } from './planted-window.ts'

const by = { enteredBy: 'test', validFrom: windowStart }

/** A row of every kind that says how the seller is taxed. */
export async function plantSellerTax({ db, tenantId, now }: TenantContext): Promise<void> {
  await db.taxRate.createMany({
    data: [{ tenantId, id: v7(), country: 'IN', kind: 'standard', percent: '18', source: 'test', ...by, createdAt: now }],
  })
  await db.taxScheme.createMany({ data: [{ tenantId, country: 'IN', taxName: 'GST', idName: 'GSTIN', changedAt: now }] })
  await db.taxRegistration.createMany({
    data: [{ tenantId, id: v7(), kind: 'country', country: 'NO', number: '2000000', ...by, createdAt: now }],
  })
}

/** A row of every kind that says how a buyer is taxed. */
export async function plantBuyerTax({ db, tenantId, now }: TenantContext, accountId: string): Promise<void> {
  const paper = { country: 'DE', ground: 'charity', certificateNumber: `C-${accountId}` }
  await db.taxExemption.createMany({ data: [{ tenantId, id: v7(), accountId, ...paper, ...by, createdAt: now }] })
  const answer = { vatId: 'ATU13585627', register: 'vies', outcome: 'valid', answer: '{}' }
  await db.vatIdCheck.createMany({ data: [{ tenantId, id: v7(), accountId, ...answer, checkedAt: now }] })
}
