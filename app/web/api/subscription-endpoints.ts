import { z } from 'zod'
import { type Endpoint, nothing, reading } from './endpoint.ts'
import { Operation, Paging, pageOf } from './schemas.ts'
import { ChangeWish, Preview, Subscription, SubscriptionDetail, subscriptionStates } from './subscription-schemas.ts'

const writing = { permission: 'subscription:write', query: nothing } as const

/** What programs do with subscriptions: look, ask what a change costs or brings back, have it made, take it back. */
export const subscriptionEndpoints = {
  subscriptions: {
    ...reading,
    path: '/subscriptions',
    summary: 'Subscriptions, newest first',
    permission: 'subscription:read',
    query: z.strictObject({ ...Paging, state: z.enum(subscriptionStates, 'invalid').optional() }),
    answer: pageOf(Subscription),
  },
  subscription: {
    ...reading,
    path: '/subscriptions/{subscription_id}',
    summary: 'One subscription with its parts, its changes and what it may be changed to',
    permission: 'subscription:read',
    query: nothing,
    answer: SubscriptionDetail,
  },
  subscriptionPreview: {
    ...writing,
    method: 'post',
    path: '/subscriptions/{subscription_id}/preview',
    summary: 'What a change would cost or bring back; nothing is changed',
    body: ChangeWish,
    answer: Preview,
    status: 200,
  },
  subscriptionChange: {
    ...writing,
    method: 'post',
    path: '/subscriptions/{subscription_id}/changes',
    summary: 'Pauses, resumes, changes or ends a subscription, now or at a later time',
    body: ChangeWish,
    answer: Operation,
    status: 202,
    costs: true,
  },
  subscriptionAccept: {
    ...writing,
    method: 'post',
    path: '/subscriptions/{subscription_id}/changes/{change_id}/accept',
    summary: 'Accepts a change that the seller proposed',
    body: null,
    answer: Operation,
    status: 202,
    costs: true,
  },
  subscriptionUndo: {
    ...writing,
    method: 'delete',
    path: '/subscriptions/{subscription_id}/changes/{change_id}',
    summary: 'Takes back a change that was not made yet',
    body: null,
    answer: Operation,
    status: 200,
  },
  subscriptionRenewal: {
    ...writing,
    method: 'put',
    path: '/subscriptions/{subscription_id}/renewal',
    summary: 'Whether a fixed term begins again when it is over',
    body: z.strictObject({ renews: z.boolean('invalid') }),
    answer: SubscriptionDetail,
    status: 200,
  },
} as const satisfies Record<string, Endpoint>
