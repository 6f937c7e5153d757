import { z } from 'zod'
import { type Endpoint, nothing, reading } from './endpoint.ts'
import { Basket, Estimate, Member, OrderDetail, OrderWish, Payment, PaymentDetail } from './order-schemas.ts'
import { Order, Paging, pageOf } from './schemas.ts'

const ordering = { method: 'post', permission: 'order:write', query: nothing } as const

/** What programs do to buy: ask what it costs, order it, answer what they are asked, and see what was paid, and by whom. */
export const orderEndpoints = {
  estimate: {
    ...ordering,
    path: '/estimates',
    summary: 'What an order would cost now, and how it could be paid; nothing is ordered or kept',
    body: z.strictObject(Basket),
    answer: Estimate,
    status: 200,
  },
  orders: {
    ...reading,
    path: '/orders',
    summary: 'Orders, newest first',
    permission: 'order:read',
    query: z.strictObject(Paging),
    answer: pageOf(Order),
  },
  orderPlace: {
    ...ordering,
    path: '/orders',
    summary: 'Orders servers, services and applications at once, all or nothing; the order then goes on by itself',
    body: OrderWish,
    answer: OrderDetail,
    status: 202,
    costs: true,
  },
  order: {
    ...reading,
    path: '/orders/{order_id}',
    summary: 'One order with its pieces, and what the seller asks before it goes on',
    permission: 'order:read',
    query: nothing,
    answer: OrderDetail,
  },
  orderAnswer: {
    ...ordering,
    path: '/orders/{order_id}/answers',
    summary: 'Answers what the seller asked about an order',
    body: z.strictObject({
      question_id: z.string('required').max(40, 'invalid'),
      answer: z.string('required').trim().min(1, 'required').max(2_000, 'too-long'),
    }),
    answer: OrderDetail,
    status: 200,
  },
  payments: {
    ...reading,
    path: '/payments',
    summary: 'Payments that came, newest first',
    permission: 'invoice:read',
    query: z.strictObject(Paging),
    answer: pageOf(Payment),
  },
  payment: {
    ...reading,
    path: '/payments/{payment_id}',
    summary: 'One payment with the documents it settles',
    permission: 'invoice:read',
    query: nothing,
    answer: PaymentDetail,
  },
  members: {
    ...reading,
    path: '/members',
    summary: 'The people of the account and its departments, by name',
    permission: 'member:read',
    query: nothing,
    answer: z.object({ data: z.array(Member) }),
  },
  member: {
    ...reading,
    path: '/members/{member_id}',
    summary: 'One person of the account',
    permission: 'member:read',
    query: nothing,
    answer: Member,
  },
} as const satisfies Record<string, Endpoint>
