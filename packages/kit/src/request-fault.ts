/** A fault of a request's text, variables or literals, told without the value that was submitted. */
export type RequestFault = {
  message: string;
  /** Where the value stands in its variable, such as `quantity` or `lines[0].quantity`; null where that
   *  is not known. */
  field: string | null;
  /** A required value is absent or null. */
  isMissing: boolean;
};

/** Reads graphql-js's wording of a fault. Its own messages quote what was submitted: a password that
 *  is a number by mistake, a literal of the wrong type. */
export function describeRequestFault(message: string): RequestFault {
  const [, variable] = /^Variable "\$(\w+)" got invalid value /.exec(message) ?? [];
  if (variable !== undefined) return variableFault(variable, message);
  const [, name = null] = /^Variable "\$(\w+)" of (?:required|non-null) type /.exec(message) ?? [];
  const text = withoutValues(message);
  return { message: text, field: name, isMissing: saysMissing(text) };
}

// The value that is quoted may be as long as a body and hold anything. No expression here may go over it again for each
// place at which it could begin: two parts that can take the same characters must not stand beside each other.

/** Longer is no reason of graphql-js. */
const MAX_REASON_LENGTH = 500;

/** The value is quoted in the middle, so only both ends are looked at. */
function variableFault(variable: string, message: string): RequestFault {
  const places = [...message.matchAll(/ at "([\w.[\]]+)"; /g)];
  const [, path] = /^\w+\.?(.*)$/.exec(places.at(-1)?.[1] ?? '') ?? [];
  const reason = withoutValues(message.slice(message.lastIndexOf('; ') + 2));
  const isKnown = reason.length <= MAX_REASON_LENGTH && knownReasons.some((pattern) => pattern.test(reason));
  const text = isKnown ? reason : 'The value is not valid.';
  const [, missing] = /^Field "(\w+)" of required type /.exec(text) ?? [];
  const field = [path, missing].filter(Boolean).join('.') || variable;
  return { message: `Variable "$${variable}": ${text}`, field, isMissing: saysMissing(text) };
}

/** What may be repeated of the reason for refusing a variable; `withoutValues` went before. */
const knownReasons = [
  /^[\w" ]+ cannot represent [\w -]*value\.$/,
  /^A value that does not exist in "\w+" enum\.$/,
  /^Field "\w+" of required type "[\w![\]]+" was not provided\.$/,
  /^Field "\w+" is not defined by type "\w+"\./,
  /^Expected non-nullable type "[\w![\]]+" not to be null\.$/,
  /^Expected type "\w+"( to be an object)?\.$/,
  /^A (Decimal|DateTime) is [^"]+$/,
];

const missingPatterns = [
  /(was not provided|must not be null|found null|not to be null)\.$/,
  /is required, but it was not provided\.$/,
];

function saysMissing(text: string): boolean {
  return missingPatterns.some((pattern) => pattern.test(text));
}

/** Cuts quoted values out of graphql-js's messages. Names of fields and types stay. */
function withoutValues(message: string): string {
  return message
    .replace(/^((?:Enum )?"?\w+"? cannot represent [\w -]{1,60}value): .*$/s, '$1.')
    .replace(/^Value ".*" does not exist in "(\w+)" enum.*$/s, 'A value that does not exist in "$1" enum.')
    .replace(/^(Expected value of type "[\w![\]]+"), found (?!null\.$).*$/s, '$1.')
    .replace(/^(Argument "\w+" has invalid value) .*$/s, '$1.')
    .replace(/^(Expected type "\w+"\.) .*$/s, '$1')
    .replace(/^(Syntax Error: .*?\b(?:String|BlockString|Int|Float)) ".*$/s, '$1.')
    .replace(/^(Syntax Error: Invalid (?:Unicode|character) escape sequence): .*$/s, '$1.');
}
