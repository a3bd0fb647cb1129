/** Documents that nobody sent before, each just within the limits of size. What they cost differs: to parse and
 *  validate, to plan across all services, to answer, to keep, or nothing much one by one. */
export function createHostileDocuments(): () => string {
  let made = 0;
  return () => {
    made += 1;
    const make = kinds[made % kinds.length] ?? manyValues;
    return make(made);
  };
}

const kinds: readonly ((number: number) => string)[] = [
  manyValues,
  manyPlaces,
  deepFragments,
  small,
  copies,
  padded,
];

function times(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(' ');
}

/** 499 fields that the validation compares with each other. */
function manyValues(number: number): string {
  const names = ['userId', 'email', 'firstName', 'lastName', 'createdAt'];
  return `query Values${number} { me { ${times(498, (index) => names[index % names.length] ?? '')} } }`;
}

/** 60 ways through three services. */
function manyPlaces(number: number): string {
  const order = (index: number) =>
    `a${index}: order(orderId: "ord_${number}_${index}") { user { email cart { items { product { name } } } } }`;
  return `query Places${number} { ${times(60, order)} }`;
}

/** A few hundred bytes that are 4 x 62 fields when they are written out. */
function deepFragments(number: number): string {
  const fragment = (level: number) => {
    const next = level === 4 ? 'email' : `orders(first: 1) { nodes { user { ...F${level + 1} } } }`;
    return `fragment F${level} on User { ${level === 4 ? next : `a: ${next} b: ${next}`} }`;
  };
  return `query Deep${number} { me { ...F0 } } ${times(5, fragment)}`;
}

function small(number: number): string {
  return `query Small${number} { products(first: 1) { nodes { name price { amount } category { name } } } }`;
}

/** As many copies of the longest values as their cost allows. */
function copies(number: number): string {
  return `query Copies${number} { products(first: 40) { nodes { ${times(11, (index) => `a${index}: images`)} } } }`;
}

/** Next to nothing in 90 KB, which would push everybody's documents out of what is kept. */
function padded(number: number): string {
  return `query Padded${number} { __typename } # ${'x'.repeat(90_000)}`;
}
