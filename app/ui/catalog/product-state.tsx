import { useTranslation } from 'react-i18next'
import type { ProductState } from '#app/domain/catalog/product.ts'
import { State } from '../base/state.tsx'

const tones = { published: 'positive', hidden: 'neutral', retired: 'warning' } as const

/** Whether a product is offered, sold by staff alone, or no longer sold. */
export function ProductStateView({ state }: { state: ProductState }) {
  const { t } = useTranslation('catalog')
  return <State tone={tones[state]}>{t(`products.state.${state}`)}</State>
}
