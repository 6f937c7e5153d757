import type { LoadedBrand } from '#app/brand/loaded-brand.ts'
import { i18nWith } from '#app/i18n/i18n.server.ts'
import type { Language } from '#app/i18n/languages.ts'
import { legalPagesOf } from '../branding/legal-pages.server.ts'

type FooterFacts = { readonly pack: LoadedBrand['pack']; readonly language: Language; readonly hasNews: boolean }

/** Where the foot of a public page leads: the seller's news and its status page, where there are such, then its legal pages. */
export function footerLinks({ pack, language, hasNews }: FooterFacts): { readonly to: string; readonly label: string }[] {
  const t = i18nWith(language, pack.words[language]).getFixedT(language, ['common', 'store'])
  return [
    ...(hasNews ? [{ to: '/news', label: t('store:news.title') }] : []),
    ...(pack.statusPage ? [{ to: pack.statusPage, label: t('footer.status') }] : []),
    ...legalPagesOf(pack).map((page) => ({ to: `/legal/${page}`, label: t(`footer.${page}`) })),
  ]
}
