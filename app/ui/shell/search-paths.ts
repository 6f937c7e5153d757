import type { SearchKind } from '#app/domain/shared/search-kinds.ts'

type Hit = {
  readonly kind: SearchKind
  readonly id: string
  readonly name: string
  readonly note: string | null
  readonly placeId: string | null
}
/** A thing that was found, with the way to it. */
export type ShownHit = Pick<Hit, 'id' | 'name' | 'note'> & { readonly to: string; readonly isOtherArea: boolean }
export type ShownGroup = { readonly kind: SearchKind; readonly total: number; readonly hits: readonly ShownHit[] }
export type SearchArea = 'panel' | 'office'

/** Where a kind has its pages; those without are shown on the page of their place. */
const folders: Readonly<Record<SearchArea, Readonly<Partial<Record<SearchKind, string>>>>> = {
  panel: {
    server: '/panel/servers',
    application: '/panel/applications',
    volume: '/panel/volumes',
    address: '/panel/addresses',
    network: '/panel/networks',
    'load-balancer': '/panel/load-balancers',
    'dns-zone': '/panel/dns',
    project: '/panel/projects',
    order: '/order',
    subscription: '/panel/subscriptions',
    invoice: '/panel/invoices',
    ticket: '/panel/tickets',
  },
  office: {
    account: '/office/accounts',
    staff: '/office/people',
    subscription: '/office/subscriptions',
    invoice: '/office/invoices',
    payment: '/office/payments',
    product: '/office/catalog/products',
    ticket: '/office/tickets',
  },
}

/** The page of what was found. */
export function pathOf(area: SearchArea, { kind, id, placeId }: Pick<Hit, 'kind' | 'id' | 'placeId'>): string {
  const folder = folders[area][kind]
  if (folder) return `${folder}/${id}`
  return area === 'panel' ? '/panel/images' : `/office/accounts/${placeId}`
}

/** Whether a path leads out of panel and office, so that its page is loaded afresh with the texts it needs. */
export function isOtherArea(path: string): boolean {
  return !/^\/(panel|office)\b/.test(path)
}

/** What was found as the page shows it. */
export function shownGroups(
  area: SearchArea,
  groups: readonly { readonly kind: SearchKind; readonly total: number; readonly hits: readonly Hit[] }[],
): ShownGroup[] {
  return groups.map(({ kind, total, hits }) => ({
    kind,
    total,
    hits: hits.map((hit) => {
      const to = pathOf(area, hit)
      return { id: hit.id, name: hit.name, note: hit.note, to, isOtherArea: isOtherArea(to) }
    }),
  }))
}
