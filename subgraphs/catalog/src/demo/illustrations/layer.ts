/**
 * A colour of an illustration. `a` and `b` depend on the product (body and accent), the others are fixed:
 * see `inks` in palette.ts.
 */
export type Ink = 'a' | 'b' | 'c' | 'd' | 'e' | 'g' | 'h' | 'k' | 'm' | 'o' | 's' | 't' | 'w' | 'y';

/**
 * One layer of a drawing on a field of 100 by 100, standing on the line y = 84: `<ink> <path>` fills the path,
 * `<ink><width> <path>` draws its outline with round ends. A dot is an outline of no length (`w6 M50,50h0`):
 * a third of the bytes of a circle. Commas, not blanks, part the numbers, since a blank takes three bytes in a URI.
 */
export type Layer = `${Ink} M${string}` | `${Ink}${number} M${string}`;

export type IllustrationSet = Readonly<Record<string, readonly Layer[]>>;
