import { data } from '@remix-run/node'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { BrandLook } from '#app/domain/brand/brand-content.ts'
import { directionOf, type Language, localeOf, officeLanguageOf } from '#app/i18n/languages.ts'
import { type NamedMeter, namedMeters } from '#app/services/usage/named-meters.server.ts'
import { type Icon, iconsOf, pictureUrl } from '../branding/brand-pictures.server.ts'
import { brandShown } from '../branding/brand-preview.server.ts'
import { previewWishes } from '../branding/preview-wishes.ts'
import { areaOf } from './area.ts'
import { asVisitor } from './as-visitor.server.ts'
import { issueFormToken } from './form-token.server.ts'
import { languageOf, type Theme, themeOf } from './preferences.server.ts'
import { requestIdOf } from './request-id.ts'
import { type Viewer, viewerOf } from './session.server.ts'
import { tenantOf } from './tenant-of.server.ts'
import { takeToast } from './toast.server.ts'

/** What the root of every page needs; nothing of it tells one store about another. */
export type RootFacts = {
  readonly language: Language
  readonly languages: readonly Language[]
  readonly locale: string
  readonly direction: 'ltr' | 'rtl'
  readonly zone: string
  readonly theme: Theme
  readonly formToken: string
  readonly sellerName: string
  /** Where the store's pages are known, whatever host this is. */
  readonly storeOrigin: string
  readonly ownMeters: readonly NamedMeter[]
  readonly density: string
  readonly brandCss: string
  /** The letters the pages are written in. */
  readonly font: BrandLook['font']
  readonly logo: { readonly name: string; readonly lightUrl: string | undefined; readonly darkUrl: string | undefined }
  readonly icons: readonly Icon[]
  readonly viewer: Viewer | null
  readonly toast: string | undefined
  readonly requestId: string
}

/** Loads the facts of the root and keeps the cookies they need. */
export async function rootFacts(request: Request) {
  const tenant = await tenantOf(request)
  const { pack, css } = await brandShown(request, tenant)
  const language = await languageOf(request, tenant)
  const [theme, form, toast, viewer] = await Promise.all([
    themeOf(request),
    issueFormToken(request, tenant.tenantId),
    takeToast(request),
    viewerOf(request),
  ])
  const ownMeters = await asVisitor(request, (ctx) => namedMeters(ctx, { language, isVisitor: viewer === null }))
  const facts: RootFacts = {
    language,
    languages: areaOf(new URL(request.url).pathname) === 'office' ? [...new Set(pack.languages.map(officeLanguageOf))] : pack.languages,
    locale: localeOf(language, pack.seller.address.country),
    direction: previewWishes(request)?.direction ?? directionOf(language),
    zone: viewer?.timeZone ?? pack.zone,
    theme,
    formToken: form.token,
    sellerName: pack.name,
    storeOrigin: storeAddress(tenant.mainHost),
    ownMeters,
    density: pack.look.density,
    brandCss: css,
    font: pack.look.font,
    logo: { name: pack.name, lightUrl: pictureUrl(pack.logo.light), darkUrl: pictureUrl(pack.logo.dark) },
    icons: iconsOf(pack.logo),
    viewer,
    toast: toast.toast,
    requestId: requestIdOf(request),
  }
  const headers = new Headers()
  for (const cookie of [form.setCookie, toast.setCookie]) if (cookie) headers.append('Set-Cookie', cookie)
  return data(facts, { headers })
}
