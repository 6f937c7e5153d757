import { useTranslation } from 'react-i18next'
import { useFormat } from './use-format.ts'

export type Size = { readonly cpuNumber: number; readonly memoryMib: number; readonly diskGib: number; readonly trafficGb?: number | null }

/** The size of a server in one line: cores, memory, disk, traffic. */
export function useSpecs() {
  const { t } = useTranslation('common')
  const format = useFormat()
  const volume = (gb: number) => (gb >= 1000 ? `${format.quantity(gb / 1000, 1)} TB` : `${format.quantity(gb)} GB`)
  return {
    cpu: (size: Size) => t('spec.cpu', { count: size.cpuNumber }),
    memory: (size: Size) => t('spec.memory', { size: format.quantity(size.memoryMib / 1024, 2) }),
    disk: (size: Size) => t('spec.disk', { size: format.quantity(size.diskGib) }),
    traffic: (trafficGb: number | null | undefined) => (trafficGb ? t('spec.traffic', { volume: volume(trafficGb) }) : t('spec.trafficNone')),
    volume,
  }
}

/** The same as text with middle dots between. */
export function SpecLine({ size }: { size: Size }) {
  const specs = useSpecs()
  const parts = [specs.cpu(size), specs.memory(size), specs.disk(size), ...(size.trafficGb ? [specs.traffic(size.trafficGb)] : [])]
  return <>{parts.join(' · ')}</>
}
