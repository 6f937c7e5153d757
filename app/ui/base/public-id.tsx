import { useTranslation } from 'react-i18next'
import { classNames } from './class-names.ts'
import { CopyButton } from './copy-button.tsx'

type PublicIdProps = { id: string; isShort?: boolean; hasCopy?: boolean; className?: string }

/** An id, address or fingerprint: a mono face, left to right in every language, with a copy button. */
export function PublicId({ id, isShort = false, hasCopy = true, className }: PublicIdProps) {
  const { t } = useTranslation('common')
  const shown = isShort && id.length > 16 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id
  return (
    <span className={classNames('inline-flex max-w-full items-center gap-1', className)}>
      <bdi dir="ltr" title={shown === id ? undefined : id} className="truncate font-mono text-[0.8125rem]">
        {shown}
      </bdi>
      {hasCopy ? <CopyButton text={id} label={t('copy', { what: id })} /> : null}
    </span>
  )
}
