/** Where orders is killed: before and after every step of a checkout and a refund, after every write, and before and
 *  after what follows from events. What it takes to come by there tells `wantOf`. */
export const places = [
  'before start',
  'written started',
  'before reserve',
  'after reserve',
  'written authorising',
  'before authorise',
  'after authorise',
  'written authorised',
  'before commit',
  'after commit',
  'written committed',
  'before consume',
  'after consume',
  'written capturing',
  'before capture',
  'after capture',
  'written captured',
  'written done',
  'before find',
  'after find',
  'written voiding',
  'before return',
  'after return',
  'written releasing',
  'before release',
  'after release',
  'written failed',
  'before refund',
  'after refund',
  'written refunded',
  'after restock',
  'before dispatch',
  'after dispatch',
  'before mail',
  'after mail',
  'before webhook',
  'after webhook',
] as const;

export type Place = (typeof places)[number];

/** What a round has to do so that its place is come by; `order`: nothing but orders; `events`: the same, and it comes
 *  by in the background, perhaps after everybody was answered. */
export type Want = 'order' | 'cancellation' | 'refund' | 'lost cart' | 'recovery' | 'events';

export function wantOf(place: Place): Want {
  switch (place) {
    case 'before find':
    case 'after find':
      return 'recovery';
    case 'written captured':
      return 'lost cart';
    case 'written voiding':
    case 'before return':
    case 'after return':
    case 'written releasing':
    case 'before release':
    case 'after release':
    case 'written failed':
      return 'cancellation';
    case 'before refund':
    case 'after refund':
    case 'written refunded':
    case 'after restock':
      return 'refund';
    case 'before dispatch':
    case 'after dispatch':
    case 'before mail':
    case 'after mail':
    case 'before webhook':
    case 'after webhook':
      return 'events';
    default:
      return 'order';
  }
}
