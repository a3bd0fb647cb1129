import type { Ink } from './illustrations/layer.ts';

/** The surroundings of a product's images; each top category has its own. Colours are #rgb, since bytes count. */
export interface Backdrop {
  /** Lit middle and edge of the first image. */
  readonly glow: string;
  readonly edge: string;
  /** Wall of the second image. */
  readonly wall: string;
  /** Body colours for products whose specifications name none. */
  readonly bodies: readonly string[];
}

const plainBackdrop: Backdrop = { glow: '#fff', edge: '#ccd', wall: '#99a', bodies: ['#567'] };

const backdrops: Readonly<Record<string, Backdrop>> = {
  electronics: { glow: '#f6f5ff', edge: '#cce', wall: '#66a', bodies: ['#334', '#445', '#456'] },
  'home-kitchen': { glow: '#f2faf8', edge: '#bdd', wall: '#588', bodies: ['#b54', '#587', '#c83'] },
  'sports-outdoors': { glow: '#f0f9ff', edge: '#bdf', wall: '#49c', bodies: ['#d63', '#27a', '#384'] },
  books: {
    glow: '#fdf8ec',
    edge: '#dca',
    wall: '#b85',
    bodies: ['#a34', '#256', '#365', '#549', '#c63', '#137'],
  },
  clothing: { glow: '#faf6fa', edge: '#dcd', wall: '#a8a', bodies: ['#578', '#964', '#456'] },
  beauty: { glow: '#fff4f4', edge: '#ecc', wall: '#d89', bodies: ['#d78', '#8a7', '#b8a', '#e9a', '#79a'] },
  'toys-games': { glow: '#fffbe6', edge: '#fd9', wall: '#e93', bodies: ['#d44', '#38b', '#4a6', '#86b'] },
  office: { glow: '#f7f9fa', edge: '#cdd', wall: '#689', bodies: ['#357', '#865', '#476'] },
  garden: { glow: '#f8fbee', edge: '#cda', wall: '#8a5', bodies: ['#b63', '#586', '#c95'] },
  pets: { glow: '#fff6ee', edge: '#fcb', wall: '#d86', bodies: ['#58a', '#a65', '#697'] },
};

export function backdropOf(topCategorySlug: string): Backdrop {
  return backdrops[topCategorySlug] ?? plainBackdrop;
}

/** The inks that are the same in every drawing; `a` and `b` depend on the product. */
export const inks: Readonly<Record<Exclude<Ink, 'a' | 'b'>, string>> = {
  /** Glass and water. */
  c: '#9cdc',
  d: '#234',
  /** Skin and warm tan. */
  e: '#eb9',
  g: '#595',
  /** Light falling on what is below it. */
  h: '#fff6',
  /** Wood. */
  k: '#a74',
  /** Metal. */
  m: '#abc',
  /** Flame and fox. */
  o: '#f83',
  /** Shade on what is below it. */
  s: '#0002',
  /** Paper and cream. */
  t: '#fec',
  w: '#fff',
  /** Lamplight and gold. */
  y: '#fc5',
};

/** The word that decides, as it stands in a specification's colour, and its paint. */
const colours: Readonly<Record<string, string>> = {
  black: '#334',
  graphite: '#556',
  midnight: '#247',
  navy: '#246',
  indigo: '#358',
  slate: '#57a',
  sky: '#7ad',
  teal: '#188',
  sage: '#8a7',
  forest: '#375',
  olive: '#774',
  mustard: '#da3',
  yellow: '#fc3',
  brass: '#c94',
  camel: '#c96',
  tan: '#b85',
  sand: '#cb9',
  kraft: '#ba7',
  oak: '#c95',
  walnut: '#854',
  chestnut: '#953',
  tortoise: '#742',
  copper: '#b63',
  terracotta: '#c65',
  rust: '#b43',
  burnt: '#e62',
  coral: '#f76',
  red: '#d33',
  burgundy: '#824',
  plum: '#747',
  rose: '#d99',
  cream: '#fec',
  white: '#fff',
  silver: '#9ab',
  grey: '#99a',
};

/** The paint of a colour such as "Sage Green"; undefined where none of its words is known. */
export function paintOf(colour: string): string | undefined {
  return colour
    .toLowerCase()
    .split(' ')
    .map((word) => colours[word])
    .find((paint) => paint !== undefined);
}

const accents: readonly string[] = ['#f75', '#3ab', '#fb4', '#6b8'];

/** A second colour that can be told from the body, varying with the product's number. */
export function accentFor(body: string, number: number): string {
  const distinct = accents.filter((accent) => distance(accent, body) > 5);
  return distinct[number % distinct.length] ?? '#fff';
}

/** How far apart two #rgb colours are, in steps of a sixteenth, summed over red, green and blue. */
function distance(one: string, other: string): number {
  const channels = [1, 2, 3].map((at) => parseInt(one.charAt(at), 16) - parseInt(other.charAt(at), 16));
  return channels.reduce((sum, step) => sum + Math.abs(step), 0);
}
