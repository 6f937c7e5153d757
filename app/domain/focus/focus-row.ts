import type { Decimal } from '../money/decimal.ts'

/** Versions of the FOCUS specification that files are written in. */
export const focusVersions = ['1.2'] as const
export type FocusVersion = (typeof focusVersions)[number]

export type FocusChargeCategory = 'Usage' | 'Purchase' | 'Tax' | 'Credit' | 'Adjustment'

/**
 * One row of a FOCUS file: a column is null where it says nothing. Costs are exact decimals in major units of the billing currency,
 * without tax but in Tax rows; ends of periods are exclusive.
 */
export type FocusRow = {
  readonly BilledCost: Decimal
  readonly BillingAccountId: string
  readonly BillingAccountName: string
  readonly BillingAccountType: string
  readonly BillingCurrency: string
  readonly BillingPeriodEnd: Date
  readonly BillingPeriodStart: Date
  readonly ChargeCategory: FocusChargeCategory
  readonly ChargeClass: 'Correction' | null
  readonly ChargeDescription: string
  readonly ChargeFrequency: 'One-Time' | 'Recurring' | 'Usage-Based'
  readonly ChargePeriodEnd: Date
  readonly ChargePeriodStart: Date
  readonly ConsumedQuantity: Decimal | null
  readonly ConsumedUnit: string | null
  readonly ContractedCost: Decimal
  readonly ContractedUnitPrice: Decimal | null
  readonly EffectiveCost: Decimal
  readonly InvoiceId: string
  readonly InvoiceIssuerName: string
  readonly ListCost: Decimal
  readonly ListUnitPrice: Decimal | null
  readonly PricingCategory: 'Standard' | null
  readonly PricingCurrency: string
  readonly PricingQuantity: Decimal | null
  readonly PricingUnit: string | null
  readonly ProviderName: string
  readonly PublisherName: string
  readonly RegionId: string | null
  readonly RegionName: string | null
  readonly ResourceId: string | null
  readonly ResourceName: string | null
  readonly ResourceType: string | null
  readonly ServiceCategory: string
  readonly ServiceName: string
  readonly SkuId: string | null
  readonly SkuPriceId: string | null
  readonly SubAccountId: string | null
  readonly SubAccountName: string | null
  readonly SubAccountType: string | null
  readonly Tags: string | null
  readonly x_DocumentType: string
  readonly x_TaxRate: Decimal | null
}

type FocusColumn = keyof FocusRow

const columns: Readonly<Record<FocusVersion, readonly FocusColumn[]>> = {
  '1.2': [
    'BilledCost',
    'BillingAccountId',
    'BillingAccountName',
    'BillingAccountType',
    'BillingCurrency',
    'BillingPeriodEnd',
    'BillingPeriodStart',
    'ChargeCategory',
    'ChargeClass',
    'ChargeDescription',
    'ChargeFrequency',
    'ChargePeriodEnd',
    'ChargePeriodStart',
    'ConsumedQuantity',
    'ConsumedUnit',
    'ContractedCost',
    'ContractedUnitPrice',
    'EffectiveCost',
    'InvoiceId',
    'InvoiceIssuerName',
    'ListCost',
    'ListUnitPrice',
    'PricingCategory',
    'PricingCurrency',
    'PricingQuantity',
    'PricingUnit',
    'ProviderName',
    'PublisherName',
    'RegionId',
    'RegionName',
    'ResourceId',
    'ResourceName',
    'ResourceType',
    'ServiceCategory',
    'ServiceName',
    'SkuId',
    'SkuPriceId',
    'SubAccountId',
    'SubAccountName',
    'SubAccountType',
    'Tags',
    'x_DocumentType',
    'x_TaxRate',
  ],
}

/** The head of a file: the columns of `version` in their order. */
export function focusHead(version: FocusVersion): readonly string[] {
  return columns[version]
}

/** A row as cells, in the order of the head: numbers as decimals, instants in UTC, nothing for null. */
export function focusCells(row: FocusRow, version: FocusVersion): (string | Decimal)[] {
  return columns[version].map((column) => {
    const value = row[column]
    return value instanceof Date ? value.toISOString().replace('.000Z', 'Z') : (value ?? '')
  })
}
