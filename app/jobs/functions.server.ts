import type { InngestFunction } from 'inngest'
import { activateDueRevisions, activateRevisionOnTime } from './functions/activate-catalog-revisions.server.ts'
import { applyChangedHolds, applyHoldsHourly, settleServerSuspension } from './functions/apply-holds.server.ts'
import { applyDuePlanMigrations, applyPlanMigration, notifyPlanMigration } from './functions/apply-plan-migrations.server.ts'
import { applySubscriptionChange, applySubscriptionChanges } from './functions/apply-subscription-changes.server.ts'
import { checkInvariantsNightly } from './functions/check-invariants.server.ts'
import { checkVatIds } from './functions/check-vat-ids.server.ts'
import { closeAccounts, tellOfClosing } from './functions/close-accounts.server.ts'
import { applyPaymentsOfOrders, collectPayments, tellChangedMethod, tellFailedPayment } from './functions/collect-payments.server.ts'
import { connectTiers } from './functions/connect-tiers.server.ts'
import { deliverInvoice } from './functions/deliver-invoice.server.ts'
import { dunDueAccount, mailDunningLetter, openDunningDays, resumePaidAccount } from './functions/dun-accounts.server.ts'
import { expireReservations } from './functions/expire-reservations.server.ts'
import { followDisputes } from './functions/follow-disputes.server.ts'
import { generatePromoCodes } from './functions/generate-promo-codes.server.ts'
import { reconcileGatewayRefunds, sendGatewayRefund } from './functions/give-money-back.server.ts'
import { goOnWithOrders } from './functions/go-on-with-orders.server.ts'
import { handDownMetersOfTenant } from './functions/hand-down-meters.server.ts'
import { importRates } from './functions/import-exchange-rates.server.ts'
import { inviteMember } from './functions/invite-member.server.ts'
import { creditCapturedTopUps, expirePassedCredit, pauseRefusedTopUps, topUpLowBalances } from './functions/keep-balances.server.ts'
import { mailMonthlyStatements, mailStatement } from './functions/mail-statements.server.ts'
import { mirrorChangedEdge, mirrorEveryEdge } from './functions/mirror-edges.server.ts'
import { mirrorChangedPayout } from './functions/mirror-payouts.server.ts'
import { movePartnerLevels } from './functions/move-partner-levels.server.ts'
import { openAndCloseCampaignsOnTime } from './functions/open-and-close-campaigns.server.ts'
import { performCloudDeed } from './functions/perform-cloud-deed.server.ts'
import { performServerAction } from './functions/perform-server-action.server.ts'
import { postReRating, previewReRating } from './functions/post-rerating.server.ts'
import { processHandedDownUsage, processReceivedUsage } from './functions/process-usage.server.ts'
import { provisionOrder } from './functions/provision-order.server.ts'
import { publishEveryOffer, publishOffersOfTenant } from './functions/publish-offers.server.ts'
import { forgetOldExchanges, readPayoutsOfGateways } from './functions/read-gateway-payouts.server.ts'
import { recheckDomainsHourly } from './functions/recheck-domains.server.ts'
import { refreshBudgetsOfTenant, refreshEveryBudget } from './functions/refresh-budgets.server.ts'
import { releaseDeferredFees } from './functions/release-deferred-fees.server.ts'
import { remindSubscribers } from './functions/remind-subscribers.server.ts'
import { renewSubscriptions } from './functions/renew-subscriptions.server.ts'
import { openBillingRuns, runBilling } from './functions/run-billing.server.ts'
import { mailFailedExport, mailReadyExport, runExportSchedules } from './functions/run-export-schedules.server.ts'
import { screenPayments } from './functions/screen-payments.server.ts'
import { sealFieldsNightly } from './functions/seal-fields.server.ts'
import { sendConfirmation } from './functions/send-confirmation.server.ts'
import { sendOpenedDelivery } from './functions/send-delivery.server.ts'
import { sendNotice } from './functions/send-notice.server.ts'
import { sendReset } from './functions/send-reset.server.ts'
import { applyGatewayEvent, reconcileAttempts } from './functions/settle-attempts.server.ts'
import { countCollectedPayments, countPaidDocuments } from './functions/settle-edges.server.ts'
import { stopCampaignWhenSpent } from './functions/stop-spent-campaign.server.ts'
import { scheduleUsageSync, syncUsageOfCloud } from './functions/sync-usage.server.ts'
import { takeScheduledBackups } from './functions/take-scheduled-backups.server.ts'
import { tellAccounts } from './functions/tell-accounts.server.ts'
import { tellCreditStaff } from './functions/tell-credit-staff.server.ts'
import { tellPerson } from './functions/tell-person.server.ts'
import { tellServiceNotice } from './functions/tell-service-notice.server.ts'
import { tellTicket } from './functions/tell-ticket.server.ts'
import { mailPausedWebhook, sendWebhook, tellWebhooks } from './functions/tell-webhooks.server.ts'
import { watchChangedCredit, watchCreditOfAccount, watchEveryCredit } from './functions/watch-credit.server.ts'
import { welcomeCustomer } from './functions/welcome-customer.server.ts'
import { writeAccountData } from './functions/write-account-data.server.ts'
import { writeExport } from './functions/write-export.server.ts'

/** Every function of the product. A function that is not listed here never runs. */
export const functions: readonly InngestFunction.Any[] = [
  scheduleUsageSync,
  syncUsageOfCloud,
  processReceivedUsage,
  processHandedDownUsage,
  handDownMetersOfTenant,
  runBilling,
  openBillingRuns,
  applyPlanMigration,
  applyDuePlanMigrations,
  notifyPlanMigration,
  applySubscriptionChange,
  applySubscriptionChanges,
  renewSubscriptions,
  remindSubscribers,
  previewReRating,
  postReRating,
  deliverInvoice,
  sendOpenedDelivery,
  tellWebhooks,
  sendWebhook,
  mailPausedWebhook,
  mailStatement,
  mailMonthlyStatements,
  mirrorChangedEdge,
  mirrorEveryEdge,
  countPaidDocuments,
  countCollectedPayments,
  mirrorChangedPayout,
  refreshBudgetsOfTenant,
  refreshEveryBudget,
  sendNotice,
  tellAccounts,
  tellPerson,
  tellServiceNotice,
  tellTicket,
  provisionOrder,
  screenPayments,
  goOnWithOrders,
  expireReservations,
  watchChangedCredit,
  watchCreditOfAccount,
  watchEveryCredit,
  tellCreditStaff,
  performServerAction,
  connectTiers,
  performCloudDeed,
  takeScheduledBackups,
  openDunningDays,
  dunDueAccount,
  mailDunningLetter,
  resumePaidAccount,
  applyChangedHolds,
  applyHoldsHourly,
  settleServerSuspension,
  collectPayments,
  tellFailedPayment,
  tellChangedMethod,
  applyPaymentsOfOrders,
  applyGatewayEvent,
  reconcileAttempts,
  sendConfirmation,
  inviteMember,
  closeAccounts,
  tellOfClosing,
  writeAccountData,
  sendReset,
  welcomeCustomer,
  importRates,
  checkVatIds,
  releaseDeferredFees,
  checkInvariantsNightly,
  movePartnerLevels,
  generatePromoCodes,
  openAndCloseCampaignsOnTime,
  stopCampaignWhenSpent,
  activateRevisionOnTime,
  activateDueRevisions,
  publishOffersOfTenant,
  publishEveryOffer,
  writeExport,
  runExportSchedules,
  mailReadyExport,
  mailFailedExport,
  sendGatewayRefund,
  reconcileGatewayRefunds,
  followDisputes,
  readPayoutsOfGateways,
  forgetOldExchanges,
  sealFieldsNightly,
  creditCapturedTopUps,
  pauseRefusedTopUps,
  topUpLowBalances,
  recheckDomainsHourly,
  expirePassedCredit,
]
