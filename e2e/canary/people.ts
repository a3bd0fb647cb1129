import type { Canary } from './canaries.ts';

/** Somebody whose every word is a canary. */
export const customer = {
  email: 'Canary.q4wx7zkbnd@quarry-nest.example',
  // What has to be escaped or encoded stands in it, beside a stretch that does not.
  password: 'Cn"7&\\ü/ q8ZrK5tWx2LmVb!',
  nextPassword: 'Nx<9%?ß+ h3GtY6pQs1JdFc!',
  wrongPassword: 'Wr;4=:é# k7BnM2vCx9ZaSd!',
  firstName: 'Sam',
  lastName: 'Shopper',
  phoneNumber: '+4915799887766',
} as const;

export const address = {
  street: '77 Quillfeather-Lane',
  city: 'Albany',
  state: 'NY',
  zipCode: '12207',
  country: 'USA',
} as const;

export const card = '4000056655665556';
/** Nobody has given these out; whoever holds one keeps it as secret as the shop's own. */
export const foreignToken = 'eyfake0token0of9another3shop8Kd7';
export const paymentToken = 'tok_visa_Rw5Zt8Kc3Yb7Qn';
export const declinedToken = 'tok_declined_Lf4Hs9Xv2Mj6';
export const webhookSecret = 'hook-query-Td6Gy8Bw1Rk5Pz';

export const personalCanaries: readonly Canary[] = [
  ['e-mail', customer.email],
  ['password', customer.password],
  ['next password', customer.nextPassword],
  ['wrong password', customer.wrongPassword],
  ['phone', customer.phoneNumber],
  ['street', address.street],
  ['card number', card],
  ['card number in groups', '4000 0566 5566 5556'],
  ['card number with hyphens', '4000-0566-5566-5556'],
  ['token of somebody else', foreignToken],
  ['payment token', paymentToken],
  ['declined token', declinedToken],
  ['secret in a webhook’s address', webhookSecret],
].map(([name = '', text = '']) => ({ name, text }));

export const personalTexts: readonly string[] = personalCanaries.map(({ text }) => text);
