import { beautyIllustrations } from './illustrations/beauty.ts';
import { booksIllustrations } from './illustrations/books.ts';
import { clothingIllustrations } from './illustrations/clothing.ts';
import { electronicsIllustrations } from './illustrations/electronics.ts';
import { gardenIllustrations } from './illustrations/garden.ts';
import { homeKitchenIllustrations } from './illustrations/home-kitchen.ts';
import { officeIllustrations } from './illustrations/office.ts';
import { petsIllustrations } from './illustrations/pets.ts';
import { sportsOutdoorsIllustrations } from './illustrations/sports-outdoors.ts';
import { toysGamesIllustrations } from './illustrations/toys-games.ts';

export const illustrations = {
  ...electronicsIllustrations,
  ...homeKitchenIllustrations,
  ...sportsOutdoorsIllustrations,
  ...booksIllustrations,
  ...clothingIllustrations,
  ...beautyIllustrations,
  ...toysGamesIllustrations,
  ...officeIllustrations,
  ...gardenIllustrations,
  ...petsIllustrations,
} as const;

/** The name of a drawing. */
export type Illustration = keyof typeof illustrations;
