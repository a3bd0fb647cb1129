import { expect, it } from 'vitest';
import { productQuery } from '../src/rest/schemas/products.ts';
import { registration } from '../src/rest/schemas/users.ts';

const person = { email: 'a@example.com', password: 'SecurePass123!', firstName: 'a', lastName: 'b' };

it.each([
  ['an e-mail address', registration, { ...person, email: '.'.repeat(100_000) }, 255],
  ['a password', registration, { ...person, password: '.'.repeat(100_000) }, 128],
  ['a category', productQuery, { category: '\0'.repeat(100_000) }, 100],
])('%s is not judged further where it is too long', (_, schema, value, max) => {
  const { error } = schema.safeParse(value);
  expect(error?.issues.map(({ message }) => message)).toEqual([`must have at most ${max} characters`]);
});
