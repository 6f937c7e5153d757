import type { Namespace } from '#app/i18n/languages.ts'

export type Area = 'store' | 'panel' | 'office'

const texts: Readonly<Record<Area, readonly Namespace[]>> = {
  store: ['common', 'store', 'apps', 'auth', 'pay', 'promotion'],
  panel: [
    'common',
    'panel',
    'access',
    'apps',
    'budget',
    'cloud',
    'delivery',
    'document',
    'pay',
    'payment',
    'person',
    'project',
    'search',
    'statement',
    'subscription',
    'ticket',
  ],
  office: [
    'common',
    'office',
    'access',
    'apps',
    'brand',
    'budget',
    'delivery',
    'document',
    'domain',
    'dunning',
    'invoicing',
    'ledger',
    'catalog',
    'partner',
    'payment',
    'person',
    'pricing',
    'project',
    'promotion',
    'report',
    'screening',
    'search',
    'settlement',
    'signon',
    'staff',
    'statement',
    'subscription',
    'tax',
    'ticket',
  ],
}

/** Which of the three surfaces a path belongs to. */
export function areaOf(pathname: string): Area {
  const preview = /^\/office\/brand\/preview\/(store|panel)$/.exec(pathname)?.[1]
  if (preview) return preview as Area
  const first = pathname.split('/')[1]
  if (first === 'panel') return 'panel'
  return first === 'office' || first === 'dev' ? 'office' : 'store'
}

/** The catalogs a surface's pages need in the browser. A link to another surface loads the page afresh and brings that one's. */
export function namespacesOf(area: Area): readonly Namespace[] {
  return texts[area]
}
