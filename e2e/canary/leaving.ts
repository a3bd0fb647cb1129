import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { z } from 'zod';
import { PATIENCE } from '../till.ts';
import { graphql, mailedToken, mutation, placed, type Run, sessionAnswer } from './flows.ts';
import { leaver, paymentToken } from './people.ts';

const { email, password, wrongPassword, firstName, lastName, phoneNumber, address } = leaver;

/** Registers whoever is to leave, who orders something and has something in the cart. @returns an access token */
export async function moveIn(run: Run): Promise<string> {
  const { shop, issued } = run;
  const { send } = shop.requests;
  const body = { email, password, firstName, lastName, phoneNumber };
  expect((await send({ path: '/api/v1/users/register', body })).status).toBe(201);
  const verification = await mailedToken(shop, { to: email, link: 'verify-email' });
  issued.push({ name: 'verification token of who leaves', text: verification });
  const token = await logInLeaver(run);
  await send(mutation('addAddress', { ...address, isDefault: true }, 'address { street }', token));
  const item = { path: '/api/v1/cart/items', token, body: { productId: 'prod_001', quantity: 1 } };
  await send(item);
  const paymentMethod = { type: 'credit_card', token: paymentToken };
  const headers = { 'idempotency-key': randomUUID() };
  placed.parse(
    (
      await send({
        path: '/api/v1/orders',
        token,
        body: { shippingAddress: address, paymentMethod },
        headers,
      })
    ).body,
  );
  expect((await send(item)).status).toBeLessThan(300);
  return token;
}

export async function logInLeaver({ shop, issued }: Run): Promise<string> {
  const answer = await shop.requests.send({ path: '/api/v1/users/login', body: { email, password } });
  const { accessToken, refreshToken } = z.object({ data: sessionAnswer }).parse(answer.body).data;
  issued.push({ name: 'access token of who leaves', text: accessToken });
  issued.push({ name: 'refresh token of who leaves', text: refreshToken });
  return accessToken;
}

const part = z.object({ data: z.looseObject({}) }).nullable();
const exported = z.object({
  data: z.object({ exportMyData: z.object({ account: part, cart: part, orders: part, catalog: part }) }),
});
const deleted = z.object({
  data: z.object({
    deleteMyAccount: z.object({
      erasureId: z.string(),
      proofs: z.array(z.object({ subgraph: z.string(), state: z.enum(['DONE', 'PENDING']) })),
    }),
  }),
});

export type Leaving = { erasureId: string; missingParts: string[] };

/** Takes everything along and deletes the account.
 *  @returns subgraphs that gave nothing, and were not told either */
export async function leave({ shop }: Run, token: string): Promise<Leaving> {
  const { send } = shop.requests;
  const parts = '{ subgraph found { what count } data nextCursor }';
  const query = `query E($after: String) { exportMyData {
    userId account ${parts} cart ${parts} orders(after: $after) ${parts} catalog ${parts}
  } }`;
  const answer = await send(graphql(query, {}, token));
  const { exportMyData } = exported.parse(answer.body).data;
  // Else nothing would have been on its way that could leak.
  for (const text of [email, firstName, lastName, phoneNumber, address.street, address.city, address.zipCode])
    expect(JSON.stringify(exportMyData.account)).toContain(text);
  if (exportMyData.orders) expect(JSON.stringify(exportMyData.orders)).toContain(address.zipCode);
  await send(graphql(query, { after: email }, token));
  await send(mutation('deleteMyAccount', { currentPassword: wrongPassword }, 'erasureId', token));
  const proofs = 'erasureId proofs { subgraph state found { what count } erased { what count } }';
  const farewell = await send(mutation('deleteMyAccount', { currentPassword: password }, proofs, token));
  const { deleteMyAccount } = deleted.parse(farewell.body).data;
  const missingParts = Object.entries(exportMyData).flatMap(([name, value]) => (value ? [] : [name]));
  const pending = deleteMyAccount.proofs.filter(({ state }) => state === 'PENDING');
  expect(pending.map(({ subgraph }) => subgraph)).toEqual(missingParts);
  await send(graphql(query, {}, token));
  await send(mutation('deleteMyAccount', { currentPassword: password }, proofs, token));
  return { erasureId: deleteMyAccount.erasureId, missingParts };
}

const erasure = z.object({ data: z.object({ erasure: z.object({ state: z.string() }) }) });

export async function waitUntilErased({ shop, administrator }: Run, { erasureId }: Leaving): Promise<void> {
  const query = 'query L($erasureId: ID!) { erasure(erasureId: $erasureId) { state } }';
  await vi.waitFor(async () => {
    const answer = await shop.requests.send(graphql(query, { erasureId }, administrator));
    expect(erasure.parse(answer.body).data.erasure.state).toBe('DONE');
  }, PATIENCE);
}
