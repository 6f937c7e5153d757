import { useTranslation } from 'react-i18next'
import { Notice } from '#app/ui/base/notice.tsx'
import { usePriceName } from '#app/ui/catalog/use-price-name.ts'
import type { LineFault } from './wanted-lines.server.ts'

/** Why nothing was set: every price that is wrong, with its row where it came from a file. */
export function FaultList({ problem, faults }: { problem: string; faults: readonly LineFault[] }) {
  const { t, i18n } = useTranslation('catalog')
  const nameOf = usePriceName()
  const say = (code: string) =>
    i18n.exists(`catalog:margins.problem.${code}`) ? t(`margins.problem.${code as 'refused'}`) : t('margins.problem.refused')
  const needsReason = faults.some(({ problem: fault }) => fault === 'below-buy' || fault === 'below-floor')
  return (
    <Notice tone="critical" title={say(problem)}>
      {faults.length > 0 ? (
        <ul className="mt-1 list-disc ps-5">
          {faults.map(({ row, name, price, problem: fault }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fault is known by its place -- two may say the same
            <li key={index}>
              {row === null ? '' : t('margins.row', { row })} <bdi>{price ? `${nameOf(price)} (${price.currency})` : name}</bdi>:{' '}
              {say(fault)}
            </li>
          ))}
        </ul>
      ) : null}
      {needsReason ? <p className="mt-2">{t('margins.lossNeedsReason')}</p> : null}
    </Notice>
  )
}
