const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Digits with nothing but blanks and hyphens between them. */
const digitRuns = /\d(?:[\s-]*\d)*/g;

const MIN_DIGITS = 12;
const MAX_DIGITS = 19;

/** Tells whether a card number stands anywhere in the text: 12 to 19 digits that pass Luhn's check, also
 *  with blanks or hyphens between groups. What is refused for it must not be stored or logged. */
export function containsCardNumber(text: string): boolean {
  const runs = text.normalize('NFKC').match(digitRuns) ?? [];
  return runs.some((run) => hasGrouping(run.split(/[\s-]+/), isCardNumber));
}

/** The same for a client's key. UUIDs and clock times are usual there, and one in ten of what is long
 *  enough passes the check by chance: no card number has a UUID's form or begins with 0 or 1. */
export function keyContainsCardNumber(key: string): boolean {
  if (uuid.test(key)) return false;
  const runs = key.match(digitRuns) ?? [];
  return runs.some((run) =>
    hasGrouping(run.split(/[\s-]+/), (digits) => isCardNumber(digits) && !/^[01]/.test(digits)),
  );
}

/** Looks at all runs of neighbouring groups: a card number may stand beside other digits, as an expiry date does.
 *  None is longer than a card number, so that the work grows with the text and no faster. */
function hasGrouping(groups: readonly string[], isSought: (digits: string) => boolean): boolean {
  for (let start = 0; start < groups.length; start += 1) {
    let digits = '';
    for (let end = start; end < groups.length && digits.length < MAX_DIGITS; end += 1) {
      digits += groups[end];
      if (isSought(digits)) return true;
    }
  }
  return false;
}

function isCardNumber(digits: string): boolean {
  return digits.length >= MIN_DIGITS && digits.length <= MAX_DIGITS && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    const weighed = place % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
