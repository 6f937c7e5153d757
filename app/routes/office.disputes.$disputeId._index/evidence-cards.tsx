import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { evidenceLimits } from '#app/domain/dispute/evidence.ts'
import { Card } from '#app/ui/base/card.tsx'
import { DateTime } from '#app/ui/base/date-time.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { useFormat } from '#app/ui/base/use-format.ts'
import { TextArea, TextInput } from '#app/ui/forms/field.tsx'
import { FormToken } from '#app/ui/forms/form-token.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { useFieldErrors } from '#app/ui/forms/use-field-errors.ts'
import { Table } from '#app/ui/tables/table.tsx'

type Evidence = { readonly text: string; readonly sentAt: Date | null } | null
type EvidenceCardProps = { evidence: Evidence; isOpen: boolean; answer: object | undefined }

/** What the seller tells the bank: written and kept first, sent once. */
export function EvidenceCard({ evidence, isOpen, answer }: EvidenceCardProps) {
  const { t } = useTranslation(['payment', 'common'])
  const { error, typed } = useFieldErrors(answer)
  if (!isOpen)
    return (
      <Card title={t('payment:gateway.evidence')}>
        <p className="text-sm whitespace-pre-wrap">{evidence?.text || t('payment:gateway.noEvidence')}</p>
        {evidence?.sentAt ? (
          <p className="mt-3 text-sm text-muted">
            {t('payment:gateway.sent')} <DateTime instant={evidence.sentAt} />
          </p>
        ) : null}
      </Card>
    )
  return (
    <Card title={t('payment:gateway.evidence')}>
      <Form method="post" encType="multipart/form-data" className="grid gap-5">
        <FormToken />
        <TextArea
          name="text"
          label={t('payment:gateway.evidenceText')}
          help={t('payment:gateway.evidenceHelp')}
          rows={8}
          maxLength={evidenceLimits.textCharacters}
          defaultValue={typed('text') ?? evidence?.text}
          error={error('text')}
        />
        <TextInput
          name="file"
          type="file"
          accept="application/pdf,image/jpeg,image/png"
          label={t('payment:gateway.file')}
          help={t('payment:gateway.fileHelp', { limit: evidenceLimits.files })}
          isOptional={t('common:optional')}
        />
        <div className="flex flex-wrap gap-3">
          <SubmitButton name="deed" value="save">
            {t('payment:gateway.keep')}
          </SubmitButton>
          {evidence ? (
            <SubmitButton name="deed" value="send" look="secondary">
              {t('payment:gateway.send')}
            </SubmitButton>
          ) : null}
        </div>
      </Form>
    </Card>
  )
}

type EvidenceFileRow = { readonly id: string; readonly name: string; readonly sizeBytes: number }

/** The files that go with it. */
export function FilesCard({ files, isOpen }: { files: readonly EvidenceFileRow[]; isOpen: boolean }) {
  const { t } = useTranslation('payment')
  const format = useFormat()
  return (
    <Card title={t('gateway.files')} isFlush>
      <Table
        caption={t('gateway.files')}
        rows={files}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('gateway.noFiles')} />}
        columns={[
          { key: 'name', head: t('gateway.file'), isPrimary: true, cell: ({ name }) => <bdi>{name}</bdi> },
          {
            key: 'size',
            head: t('gateway.size'),
            isNumber: true,
            cell: ({ sizeBytes }) => t('gateway.kilobytes', { size: format.quantity(Math.ceil(sizeBytes / 1000)) }),
          },
          {
            key: 'remove',
            head: <span className="sr-only">{t('gateway.remove')}</span>,
            label: t('gateway.remove'),
            cell: ({ id, name }) => (isOpen ? <Remove fileId={id} name={name} /> : null),
          },
        ]}
      />
    </Card>
  )
}

function Remove({ fileId, name }: { fileId: string; name: string }) {
  const { t } = useTranslation('payment')
  return (
    <Form method="post">
      <FormToken />
      <input type="hidden" name="fileId" value={fileId} />
      <SubmitButton name="deed" value="remove" look="quiet" size="small">
        {t('gateway.remove')}
        <span className="sr-only"> {name}</span>
      </SubmitButton>
    </Form>
  )
}
