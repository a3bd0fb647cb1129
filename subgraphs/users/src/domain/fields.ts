import { anyText } from '@commerce/kit/text';
import { z } from 'zod';

// Letters outside ASCII are refused: Postgres and JavaScript would not agree on their lower case.
const mailbox = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/i;
const domainLabel = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

function isEmail(text: string): boolean {
  const at = text.lastIndexOf('@');
  const labels = text.slice(at + 1).split('.');
  return (
    at > 0 &&
    mailbox.test(text.slice(0, at)) &&
    labels.length >= 2 &&
    labels.every((label) => domainLabel.test(label))
  );
}

/** An e-mail address, trimmed and lower-cased and nothing more: what a provider makes of dots is its own. */
export const email = z
  .string()
  .trim()
  .max(255, { error: 'must have at most 255 characters', abort: true })
  .refine(isEmail, 'must be an e-mail address')
  .toLowerCase();

export const phoneNumber = z
  .string()
  .trim()
  .regex(/^\+[1-9]\d{6,14}$/, 'must be + and 7 to 15 digits');

/** The design's section 7.2.2, where anything but letters, digits and white space is special. */
export const newPassword = anyText
  .min(8, 'must have at least 8 characters')
  .max(128, { error: 'must have at most 128 characters', abort: true })
  .regex(/\p{Lu}/u, 'must have an upper-case letter')
  .regex(/\p{Ll}/u, 'must have a lower-case letter')
  .regex(/\p{Nd}/u, 'must have a digit')
  .regex(/[^\p{L}\p{N}\s]/u, 'must have a special character');

/** A password to be compared: any text may be tried, as long as bringing it into canonical form takes no time. */
export const triedPassword = anyText
  .min(1, 'must not be empty')
  .max(1_000, 'must have at most 1000 characters');

/** Far more than any token of ours. */
const MAX_TOKEN_LENGTH = 2_048;

export const tokenText = anyText
  .min(1, 'must not be empty')
  .max(MAX_TOKEN_LENGTH, `must have at most ${MAX_TOKEN_LENGTH} characters`);

/** An id as given by a caller; whether it names anything is another matter. */
export const idText = anyText.min(1, 'must not be empty').max(64, 'must have at most 64 characters');
