import type { Canary } from './canaries.ts';

/** Somebody whose every word is a canary. */
export const customer = {
  email: 'Canary.q4wx7zkbnd@quarry-nest.example',
  // What has to be escaped or encoded stands in it, beside a stretch that does not.
  password: 'Cn"7&\\ü/ q8ZrK5tWx2LmVb!',
  nextPassword: 'Nx<9%?ß+ h3GtY6pQs1JdFc!',
  wrongPassword: 'Wr;4=:é# k7BnM2vCx9ZaSd!',
  firstName: 'Xanthippelle',
  lastName: 'Quorvandyke',
  phoneNumber: '+4915799887766',
} as const;

export const address = {
  street: '77 Quillfeather-Lane',
  city: 'Zyphermouth',
  state: 'NY',
  zipCode: '90417-2286',
  country: 'USA',
} as const;

/** Somebody else, who leaves: again and again, since the address is free afterwards. */
export const leaver = {
  email: 'leaver.h8vk3tqwpm@quarry-nest.example',
  password: 'Lv"2\\ö/ m5CxT9wRb3HnZk!',
  wrongPassword: "Lw'6:=ñ# f4JdP8yGs7QvXt!",
  firstName: 'Brunhildessa',
  lastName: 'Ockenthwaite',
  phoneNumber: '+4915733221144',
  address: {
    street: '41 Thistlewhisk-Row',
    city: 'Vexfordhaven',
    state: 'NY',
    zipCode: '73158-6604',
    country: 'USA',
  },
} as const;

export const card = '4000056655665556';
/** Nobody has given these out; whoever holds one keeps it as secret as the shop's own. */
export const foreignToken = 'eyfake0token0of9another3shop8Kd7';
export const paymentToken = 'tok_visa_Rw5Zt8Kc3Yb7Qn';
export const declinedToken = 'tok_declined_Lf4Hs9Xv2Mj6';
export const webhookSecret = 'hook-query-Td6Gy8Bw1Rk5Pz';

const canariesOfCustomer: readonly Canary[] = [
  ['e-mail', customer.email],
  ['password', customer.password],
  ['next password', customer.nextPassword],
  ['wrong password', customer.wrongPassword],
  ['first name', customer.firstName],
  ['last name', customer.lastName],
  ['phone', customer.phoneNumber],
  ['street', address.street],
  ['town', address.city],
  ['postal code', address.zipCode],
  ['card number', card],
  ['card number in groups', '4000 0566 5566 5556'],
  ['card number with hyphens', '4000-0566-5566-5556'],
  ['token of somebody else', foreignToken],
  ['payment token', paymentToken],
  ['declined token', declinedToken],
  ['secret in a webhook’s address', webhookSecret],
].map(([name = '', text = '']) => ({ name, text }));

const canariesOfLeaver: readonly Canary[] = [
  ['e-mail', leaver.email],
  ['password', leaver.password],
  ['wrong password', leaver.wrongPassword],
  ['first name', leaver.firstName],
  ['last name', leaver.lastName],
  ['phone', leaver.phoneNumber],
  ['street', leaver.address.street],
  ['town', leaver.address.city],
  ['postal code', leaver.address.zipCode],
].map(([name = '', text = '']) => ({ name: `${name} of who leaves`, text }));

export const personalCanaries: readonly Canary[] = [...canariesOfCustomer, ...canariesOfLeaver];

/** What can be given in any place. A password that is wrong, as the right one would change or delete the account. */
export const personalTexts: readonly string[] = canariesOfCustomer.map(({ text }) =>
  text === customer.password ? `${text}.` : text,
);
