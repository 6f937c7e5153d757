import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { type Examined, examine } from './examined.server.ts'

/** I12: promotions, codes and customers with more uses than allowed, and counts that are not the uses that stand. */
export function excessRedemptions(ctx: TenantContext): Promise<Examined> {
  const { tenantId } = ctx
  return examine(ctx, {
    rows: Prisma.sql`select (select count(*) from promotions where tenant_id = ${tenantId}::uuid)
      + (select count(*) from redemptions where tenant_id = ${tenantId}::uuid)`,
    broken: Prisma.sql`
      with uses as (
        select promotion_id, promo_code_id, account_id from redemptions where tenant_id = ${tenantId}::uuid and state <> 'released'
      ), by_promotion as (select promotion_id, count(*) as uses from uses group by promotion_id),
      by_code as (select promo_code_id, count(*) as uses from uses group by promo_code_id),
      by_account as (select promotion_id, account_id, count(*) as uses from uses group by promotion_id, account_id)
      select concat('promotion ', p.code) as id from promotions p left join by_promotion u on u.promotion_id = p.id
      where p.tenant_id = ${tenantId}::uuid and (p.redeemed <> coalesce(u.uses, 0) or p.redeemed > p.max_redemptions)
      union all
      select concat('code ', c.id) from promo_codes c left join by_code u on u.promo_code_id = c.id
      where c.tenant_id = ${tenantId}::uuid and (c.redeemed <> coalesce(u.uses, 0) or c.redeemed > c.max_redemptions)
      union all
      select concat('customer ', u.account_id, ' of ', p.code) from by_account u join promotions p on p.tenant_id = ${tenantId}::uuid and p.id = u.promotion_id
      where u.uses > p.max_per_account`,
  })
}
