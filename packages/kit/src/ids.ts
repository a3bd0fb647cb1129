import { randomBytes } from 'node:crypto';

/** Makes an id such as `ord_k3J9...`: the prefix, an underscore and 22 random characters. */
export type NewId = (prefix: string) => string;

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const ID_LENGTH = 22;
/** Bytes at or above this are thrown away, else the first characters would come up more often. */
const UNBIASED_LIMIT = 256 - (256 % alphabet.length);

/** About 130 bits: unguessable, unique without asking a database. */
export const newId: NewId = (prefix) => {
  let text = '';
  while (text.length < ID_LENGTH) {
    for (const byte of randomBytes(ID_LENGTH * 2)) {
      if (byte < UNBIASED_LIMIT && text.length < ID_LENGTH) text += alphabet[byte % alphabet.length];
    }
  }
  return `${prefix}_${text}`;
};

/** What an id of this project can look like: longer or stranger input cannot name anything. */
export function isPlausibleId(value: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(value);
}
