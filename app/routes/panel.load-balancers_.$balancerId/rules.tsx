import { useTranslation } from 'react-i18next'
import { type BalancerRule, balancerRuleKey } from '#app/domain/cloud/load-balancer.ts'
import { Card } from '#app/ui/base/card.tsx'
import { EmptyState } from '#app/ui/base/empty-state.tsx'
import { DeedForm } from '#app/ui/forms/deed-form.tsx'
import { Select, TextInput } from '#app/ui/forms/field.tsx'
import { SubmitButton } from '#app/ui/forms/submit-button.tsx'
import { type Column, Table } from '#app/ui/tables/table.tsx'

type RulesProps = {
  rules: readonly BalancerRule[]
  formKey: string
  mayChange: boolean
  typed: (name: string) => string | undefined
  error: (name: string) => string | undefined
}

/** What a load balancer listens to, and where that goes; a rule goes, and another one comes. */
export function Rules({ rules, formKey, mayChange, typed, error }: RulesProps) {
  const { t } = useTranslation('cloud')
  const deeds: Column<BalancerRule> = {
    key: 'deeds',
    head: <span className="sr-only">{t('deeds')}</span>,
    label: t('deeds'),
    cell: (rule) => (
      <DeedForm deed="set-load-balancer" formKey={formKey} fields={{ remove: balancerRuleKey(rule) }}>
        <SubmitButton look="quiet" size="small">
          {t('remove')}
        </SubmitButton>
      </DeedForm>
    ),
  }
  const columns: Column<BalancerRule>[] = [
    { key: 'protocol', head: t('firewall.protocol'), isPrimary: true, cell: ({ protocol }) => protocol.toUpperCase() },
    { key: 'port', head: t('balancers.port'), isNumber: true, cell: ({ port }) => port },
    { key: 'serverPort', head: t('balancers.serverPort'), isNumber: true, cell: ({ serverPort }) => serverPort },
  ]
  return (
    <Card id="rules" title={t('balancers.rules')} isFlush>
      <Table
        caption={t('balancers.rules')}
        rows={rules}
        rowKey={balancerRuleKey}
        columns={mayChange ? [...columns, deeds] : columns}
        empty={<EmptyState title={t('balancers.noRules')}>{t('balancers.noRulesText')}</EmptyState>}
      />
      {mayChange ? (
        <DeedForm
          deed="set-load-balancer"
          formKey={formKey}
          className="flex flex-wrap items-start gap-4 border-t border-border px-card py-4"
        >
          <Select name="protocol" label={t('firewall.protocol')} defaultValue={typed('protocol') ?? 'tcp'}>
            <option value="tcp">TCP</option>
            <option value="udp">UDP</option>
          </Select>
          <TextInput
            name="port"
            label={t('balancers.port')}
            inputMode="numeric"
            required
            defaultValue={typed('port') ?? ''}
            error={error('port')}
          />
          <TextInput
            name="serverPort"
            label={t('balancers.serverPort')}
            help={t('balancers.serverPortHelp')}
            inputMode="numeric"
            defaultValue={typed('serverPort') ?? ''}
            error={error('serverPort')}
          />
          <div className="w-full">
            <SubmitButton look="secondary">{t('firewall.add')}</SubmitButton>
          </div>
        </DeedForm>
      ) : null}
    </Card>
  )
}
