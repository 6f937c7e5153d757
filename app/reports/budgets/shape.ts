import type { AlertStep, BudgetSpan, HardStop } from '#app/domain/budget/budget.ts'
import type { NoticeFacts } from '#app/domain/budget/notice.ts'
import type { Money } from '#app/domain/money/money.ts'

/** A budget as it stands. `spent` is null until it was counted for the first time. */
export type ShownBudget = {
  readonly id: string
  readonly accountId: string
  readonly accountName: string
  readonly parentId: string | null
  readonly name: string
  readonly span: BudgetSpan
  readonly amount: Money
  readonly thresholds: readonly number[]
  readonly tellsForecast: boolean
  readonly allowsOver: boolean
  readonly hardStop: HardStop
  readonly spent: Money | null
  readonly forecast: Money | null
  readonly percent: number
  readonly refreshedAt: Date | null
}

export type ShownAlert = {
  readonly id: string
  readonly budgetId: string
  readonly budget: string
  readonly step: AlertStep
  readonly amount: Money
  readonly spent: Money
  readonly at: Date
}

/** Whom a budget may be set for, in which currency. */
export type BudgetAccount = { readonly id: string; readonly name: string; readonly currency: string; readonly isDepartment: boolean }

export type ShownNotice = { readonly id: string; readonly at: Date; readonly accountName: string; readonly notice: NoticeFacts }
