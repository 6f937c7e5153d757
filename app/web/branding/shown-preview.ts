import type { TaxedPreview } from '#app/services/subscriptions/preview-change.server.ts'

type Named = { readonly productId: string }

/** The preview with the names of its products, as the page shows it. */
export function shownPreview(
  { lines, effectiveAt, net, tax, taxPercent, total, nextBefore, nextAfter }: TaxedPreview,
  known: {
    readonly parts: readonly (Named & { readonly product: string })[]
    readonly choices: readonly (Named & { readonly name: string })[]
  },
) {
  const names = new Map([
    ...known.parts.map(({ productId, product }) => [productId, product] as const),
    ...known.choices.map(({ productId, name }) => [productId, name] as const),
  ])
  const shown = lines.map(({ productId, feeKind, chargePeriod, amount }, place) => ({
    key: `${place}`,
    product: names.get(productId ?? '') ?? '',
    feeKind,
    start: chargePeriod.start,
    end: chargePeriod.end,
    amount,
  }))
  return { lines: shown, effectiveAt, net, tax, taxPercent, total, nextBefore, nextAfter }
}
