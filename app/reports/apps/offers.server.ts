import { type AppTemplateRow, findTemplateByCode, listTemplates } from '#app/db/catalog/app-templates.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { AppOffer } from './shape.ts'

/** Applications that are offered, in one language, in the order they are listed. */
export async function listAppOffers(ctx: TenantContext, language: string): Promise<AppOffer[]> {
  const templates = await listTemplates(ctx, 'published')
  return templates.map((template) => toAppOffer(template, language))
}

/** One that is offered; null for any other code. */
export async function readAppOffer(ctx: TenantContext, code: string, language: string): Promise<AppOffer | null> {
  const template = await findTemplateByCode(ctx, code)
  return template?.state === 'published' ? toAppOffer(template, language) : null
}

type Offered = Pick<AppTemplateRow, 'code' | 'name' | 'description' | 'tiers'>

/** What is offered in the words of one language. */
export function toAppOffer({ code, name, description, tiers }: Offered, language: string): AppOffer {
  const words = (texts: Readonly<Record<string, string>>) => texts[language] ?? texts.en ?? Object.values(texts)[0] ?? ''
  return {
    code,
    name: words(name) || code,
    description: words(description),
    tiers: tiers.map((tier) => ({ ...tier, title: words(tier.name) || tier.code })),
    network: null,
  }
}
