import type { AlertStep, BudgetScope, BudgetSpan, HardStop } from '#app/domain/budget/budget.ts'
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
  readonly scope: BudgetScope
  /** The project or label it counts; null for the whole account. */
  readonly scopeName: string | null
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

/** Something of an account that a budget may be set for, as a form names it. A label may be of any of the accounts. */
export type ChoosableScope = {
  readonly value: string
  readonly name: string
  readonly scope: BudgetScope
  readonly accountId: string | null
}

export type ShownNotice = { readonly id: string; readonly at: Date; readonly accountName: string; readonly notice: NoticeFacts }
