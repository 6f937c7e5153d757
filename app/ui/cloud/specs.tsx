import { useTranslation } from 'react-i18next'
import { directionOf } from '#app/i18n/languages.ts'
import { usePage } from '../base/page-context.tsx'
import { useFormat } from '../base/use-format.ts'

export type Size = { readonly cpuNumber: number; readonly memoryMib: number; readonly diskGib: number; readonly trafficGb?: number | null }

/** The size of a server in words: cores, memory, disk, traffic. */
export function useSpecs() {
  const { t } = useTranslation('common')
  const format = useFormat()
  const { language } = usePage()
  // Figures with Latin units are set apart among Arabic words, or they would trade places.
  const apart = (text: string) => (directionOf(language) === 'rtl' ? `\u2068${text}\u2069` : text)
  const volume = (gb: number) => apart(gb >= 1000 ? `${format.quantity(gb / 1000, 1)} TB` : `${format.quantity(gb)} GB`)
  return {
    cpu: (size: Size) => apart(t('spec.cpu', { count: size.cpuNumber })),
    memory: (size: Size) => t('spec.memory', { size: apart(`${format.quantity(size.memoryMib / 1024, 2)} GiB`) }),
    disk: (size: Size) => t('spec.disk', { size: apart(`${format.quantity(size.diskGib)} GiB`) }),
    traffic: (trafficGb: number | null | undefined) =>
      trafficGb ? t('spec.traffic', { volume: volume(trafficGb) }) : t('spec.trafficNone'),
    volume,
  }
}

/** The same in one line, with middle dots between. */
export function SpecLine({ size }: { size: Size }) {
  const specs = useSpecs()
  const parts = [specs.cpu(size), specs.memory(size), specs.disk(size), ...(size.trafficGb ? [specs.traffic(size.trafficGb)] : [])]
  return <>{parts.join(' · ')}</>
}
