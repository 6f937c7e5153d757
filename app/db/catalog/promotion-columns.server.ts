import { Prisma } from '../generated/client.ts'

/** What redemptions of promotion `p` that stand were promised, by currency. */
export const promised = Prisma.sql`(
  select json_agg(json_build_object('currency', x.currency, 'minor', x.minor::text) order by x.currency) from (
    select r.currency, sum(r.amount_minor) as minor from redemptions r
    where r.tenant_id = p.tenant_id and r.promotion_id = p.id and r.state <> 'released' group by r.currency) x)`

/** What invoices took off for redemptions of promotion `p`, by currency. */
export const given = Prisma.sql`(
  select json_agg(json_build_object('currency', x.currency, 'minor', x.minor::text) order by x.currency) from (
    select u.currency, sum(u.amount_minor) as minor
    from redemptions r
    join discounts d on d.tenant_id = r.tenant_id and d.redemption_id = r.id
    join discount_uses u on u.tenant_id = d.tenant_id and u.discount_id = d.id
    where r.tenant_id = p.tenant_id and r.promotion_id = p.id group by u.currency) x)`

/** What a list of promotions `p` with their campaigns `c` shows. */
export const promotionColumns = Prisma.sql`p.id, p.name, p.code, p.terms, p.scopes, p.state, p.starts_at as "startsAt", p.ends_at as "endsAt",
  p.redeemed, p.max_redemptions as "limit", c.id as "campaignId", c.name as "campaignName", ${promised} as costs`
