import { z } from 'zod'
import { cloudEndpoints } from './cloud-endpoints.ts'
import { type Endpoint, nothing, reading } from './endpoint.ts'
import { orderEndpoints } from './order-endpoints.ts'
import { Account, Balance, Budget, Invoice, InvoiceDetail, Operation, Paging, pageOf, Server, UsageDay, UsageRecord } from './schemas.ts'
import { sshKeyEndpoints } from './ssh-key-endpoints.ts'
import { subscriptionEndpoints } from './subscription-endpoints.ts'

/** Formats of an invoice for machines. */
export const xmlFormats = ['ubl', 'cii', 'xrechnung-ubl', 'xrechnung-cii'] as const

const Days = { from: z.iso.date('invalid'), to: z.iso.date('invalid') }

/** Everything that the API can be asked for. */
export const endpoints = {
  account: {
    ...reading,
    path: '/account',
    summary: 'The account of the key, its departments, and what the key may do',
    permission: null,
    query: nothing,
    answer: Account,
  },
  servers: {
    ...reading,
    path: '/servers',
    summary: 'Servers, newest first; deleted ones only when asked for',
    permission: 'server:read',
    query: z.strictObject({ ...Paging, state: z.enum(['building', 'running', 'stopped', 'failed', 'deleted'], 'invalid').optional() }),
    answer: pageOf(Server),
  },
  server: { ...reading, path: '/servers/{server_id}', summary: 'One server', permission: 'server:read', query: nothing, answer: Server },
  serverAction: {
    method: 'post',
    path: '/servers/{server_id}/actions',
    summary: 'Start, stop or reboot a server; answers with an operation to look at',
    permission: 'server:write',
    query: nothing,
    body: z.strictObject({ action: z.enum(['start', 'stop', 'reboot'], 'invalid') }),
    answer: Operation,
    status: 202,
  },
  operation: {
    ...reading,
    path: '/operations/{operation_id}',
    summary: 'How far something is that was asked for: an action, or a change of a subscription',
    permission: null,
    query: nothing,
    answer: Operation,
  },
  invoices: {
    ...reading,
    path: '/invoices',
    summary: 'Invoices and credit notes, newest first',
    permission: 'invoice:read',
    query: z.strictObject(Paging),
    answer: pageOf(Invoice),
  },
  invoice: {
    ...reading,
    path: '/invoices/{invoice_id}',
    summary: 'One document with its lines and taxes',
    permission: 'invoice:read',
    query: nothing,
    answer: InvoiceDetail,
  },
  invoicePdf: {
    ...reading,
    path: '/invoices/{invoice_id}/pdf',
    summary: 'The document as it was sent',
    permission: 'invoice:read',
    query: nothing,
    answer: null,
    mediaType: 'application/pdf',
  },
  invoiceXml: {
    ...reading,
    path: '/invoices/{invoice_id}/xml',
    summary: 'The document for machines',
    permission: 'invoice:read',
    query: z.strictObject({ format: z.enum(xmlFormats, 'invalid').default('ubl') }),
    answer: null,
    mediaType: 'application/xml',
  },
  usage: {
    ...reading,
    path: '/usage',
    summary: 'Usage and fees of each day, by resource and meter: quantities and what they cost',
    permission: 'usage:read',
    query: z.strictObject({ ...Paging, ...Days }),
    answer: pageOf(UsageDay),
  },
  usageRecords: {
    ...reading,
    path: '/usage/records',
    summary: 'Each quantity that was counted, with how it was rated, oldest first',
    permission: 'usage:read',
    query: z.strictObject({ ...Paging, ...Days }),
    answer: pageOf(UsageRecord),
  },
  balance: {
    ...reading,
    path: '/balance',
    summary: 'The month so far: due, accrued, credit and forecast, which never merge',
    permission: 'spend:read',
    query: nothing,
    answer: Balance,
  },
  budgets: {
    ...reading,
    path: '/budgets',
    summary: 'Budgets and how much of each is spent',
    permission: 'budget:read',
    query: nothing,
    answer: z.object({ data: z.array(Budget) }),
  },
  ...orderEndpoints,
  ...cloudEndpoints,
  ...sshKeyEndpoints,
  ...subscriptionEndpoints,
} as const satisfies Record<string, Endpoint>

export type EndpointName = keyof typeof endpoints
