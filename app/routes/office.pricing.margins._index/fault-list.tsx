import { useTranslation } from 'react-i18next'
import { Notice } from '#app/ui/notice.tsx'
import type { LineFault } from './save.server.ts'

/** Why nothing was set: every price that is wrong, with its row where it came from a file. */
export function FaultList({ problem, faults }: { problem: string; faults: readonly LineFault[] }) {
  const { t, i18n } = useTranslation('catalog')
  const say = (code: string) =>
    i18n.exists(`catalog:margins.problem.${code}`) ? t(`margins.problem.${code as 'refused'}`) : t('margins.problem.refused')
  return (
    <Notice tone="critical">
      <p>{say(problem)}</p>
      {faults.length > 0 ? (
        <ul className="mt-2 list-disc ps-5">
          {faults.map(({ row, name, problem: fault }) => (
            <li key={`${row}-${name}-${fault}`}>
              {row === null ? '' : t('margins.row', { row })} <bdi>{name}</bdi>: {say(fault)}
            </li>
          ))}
        </ul>
      ) : null}
    </Notice>
  )
}
