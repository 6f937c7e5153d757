import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '#app/ui/base/button.tsx'
import { CopyButton } from '#app/ui/base/copy-button.tsx'
import { Notice } from '#app/ui/base/notice.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'

/** Codes just made: nobody can read them again, so that they are copied or kept as a file now. */
export function IssuedCodes({ codes, waits }: { codes: readonly string[]; waits: boolean }) {
  const { t } = useTranslation('promotion')
  const text = codes.join('\n')
  return (
    <Notice tone="warning" title={t('gifts.issued', { count: codes.length })}>
      <p>{t(waits ? 'gifts.onceWaiting' : 'gifts.once')}</p>
      <pre dir="ltr" className="mt-3 max-h-56 overflow-auto rounded-control border border-border bg-surface p-3 font-mono text-sm">
        {text}
      </pre>
      <Form method="post" action="/office/promotions/gifts/file" reloadDocument className="mt-3 flex flex-wrap items-center gap-3">
        <FormToken />
        <input type="hidden" name="codes" value={codes.join(' ')} />
        <Button look="secondary" size="small">
          {t('codes.csv')}
        </Button>
        <CopyButton text={text} label={t('gifts.copy')} />
      </Form>
    </Notice>
  )
}
