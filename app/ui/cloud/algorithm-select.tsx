import { useTranslation } from 'react-i18next'
import { balancingAlgorithms } from '#app/domain/cloud/load-balancer.ts'
import { Select } from '../forms/field.tsx'

type AlgorithmSelectProps = { defaultValue?: string | undefined; error?: string | undefined }

/** How a load balancer chooses among its servers. */
export function AlgorithmSelect({ defaultValue, error }: AlgorithmSelectProps) {
  const { t } = useTranslation('cloud')
  return (
    <Select name="algorithm" label={t('balancers.algorithm')} defaultValue={defaultValue} error={error} required>
      {balancingAlgorithms.map((algorithm) => (
        <option key={algorithm} value={algorithm}>
          {t(`balancers.by.${algorithm}`)}
        </option>
      ))}
    </Select>
  )
}
