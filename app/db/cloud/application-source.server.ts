import type { AppTier } from '#app/domain/apps/app-template.ts'
import { findTemplate } from '../catalog/app-templates.server.ts'
import type { TenantContext } from '../context.server.ts'
import type { ApplicationRow } from './applications.server.ts'

/** What an application is made of. The name by language; one that a customer gave stands in all of them. */
export type ApplicationSource = { readonly name: Readonly<Record<string, string>>; readonly tiers: readonly AppTier[] }

/** The template that an application is made from as it is now, or its owner's design as it was when it was ordered; null without either. */
export async function sourceOf(
  ctx: TenantContext,
  { templateId, composed }: Pick<ApplicationRow, 'templateId' | 'composed'>,
): Promise<ApplicationSource | null> {
  if (composed) return { name: { en: composed.name }, tiers: composed.tiers }
  return templateId === null ? null : findTemplate(ctx, templateId)
}
