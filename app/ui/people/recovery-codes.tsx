import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../base/card.tsx'
import { CopyButton } from '../base/copy-button.tsx'
import { Notice } from '../base/notice.tsx'

/** The ten codes, shown this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('person')
  // They replace nothing on the page, so that whoever pressed a button further down would not see them come.
  useEffect(() => {
    if (codes.length > 0) document.getElementById('codes')?.scrollIntoView({ block: 'center' })
  }, [codes])
  return (
    <Card id="codes" title={t('app.codesTitle')} aside={<CopyButton text={codes.join('\n')} label={t('app.copyCodes')} />}>
      <div className="grid gap-4">
        <Notice tone="warning">{t('app.codesOnce')}</Notice>
        <ol dir="ltr" className="grid grid-cols-1 gap-x-6 gap-y-1 font-mono text-sm sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
      </div>
    </Card>
  )
}
