import type { DemoProduct } from './demo-product.ts';
import { fragranceProducts } from './products/beauty/fragrance.ts';
import { hairCareProducts } from './products/beauty/hair-care.ts';
import { makeupProducts } from './products/beauty/makeup.ts';
import { skincareProducts } from './products/beauty/skincare.ts';
import { childrensBooksProducts } from './products/books/childrens-books.ts';
import { fictionProducts } from './products/books/fiction.ts';
import { foodCookingProducts } from './products/books/food-cooking.ts';
import { scienceNatureProducts } from './products/books/science-nature.ts';
import { accessoriesProducts } from './products/clothing/accessories.ts';
import { outerwearProducts } from './products/clothing/outerwear.ts';
import { shoesProducts } from './products/clothing/shoes.ts';
import { topsProducts } from './products/clothing/tops.ts';
import { trousersProducts } from './products/clothing/trousers.ts';
import { audioProducts } from './products/electronics/audio.ts';
import { camerasProducts } from './products/electronics/cameras.ts';
import { computersProducts } from './products/electronics/computers.ts';
import { phonesTabletsProducts } from './products/electronics/phones-tablets.ts';
import { smartHomeProducts } from './products/electronics/smart-home.ts';
import { wearablesProducts } from './products/electronics/wearables.ts';
import { gardenToolsProducts } from './products/garden/garden-tools.ts';
import { outdoorLivingProducts } from './products/garden/outdoor-living.ts';
import { plantsPotsProducts } from './products/garden/plants-pots.ts';
import { beddingBathProducts } from './products/home-kitchen/bedding-bath.ts';
import { cookwareProducts } from './products/home-kitchen/cookware.ts';
import { furnitureProducts } from './products/home-kitchen/furniture.ts';
import { lightingProducts } from './products/home-kitchen/lighting.ts';
import { smallAppliancesProducts } from './products/home-kitchen/small-appliances.ts';
import { deskAccessoriesProducts } from './products/office/desk-accessories.ts';
import { officeFurnitureProducts } from './products/office/office-furniture.ts';
import { paperProducts } from './products/office/paper.ts';
import { writingProducts } from './products/office/writing.ts';
import { catsProducts } from './products/pets/cats.ts';
import { dogsProducts } from './products/pets/dogs.ts';
import { smallPetsBirdsProducts } from './products/pets/small-pets-birds.ts';
import { campingHikingProducts } from './products/sports-outdoors/camping-hiking.ts';
import { cyclingProducts } from './products/sports-outdoors/cycling.ts';
import { fitnessProducts } from './products/sports-outdoors/fitness.ts';
import { waterSportsProducts } from './products/sports-outdoors/water-sports.ts';
import { boardGamesProducts } from './products/toys-games/board-games.ts';
import { buildingSetsProducts } from './products/toys-games/building-sets.ts';
import { puzzlesProducts } from './products/toys-games/puzzles.ts';
import { softToysProducts } from './products/toys-games/soft-toys.ts';

/** Everything the demonstration shop sells, in the order of its product ids. */
export const demoProducts: readonly DemoProduct[] = [
  ...audioProducts,
  ...phonesTabletsProducts,
  ...computersProducts,
  ...camerasProducts,
  ...wearablesProducts,
  ...smartHomeProducts,
  ...cookwareProducts,
  ...smallAppliancesProducts,
  ...beddingBathProducts,
  ...furnitureProducts,
  ...lightingProducts,
  ...campingHikingProducts,
  ...cyclingProducts,
  ...fitnessProducts,
  ...waterSportsProducts,
  ...fictionProducts,
  ...scienceNatureProducts,
  ...foodCookingProducts,
  ...childrensBooksProducts,
  ...topsProducts,
  ...outerwearProducts,
  ...trousersProducts,
  ...shoesProducts,
  ...accessoriesProducts,
  ...skincareProducts,
  ...hairCareProducts,
  ...fragranceProducts,
  ...makeupProducts,
  ...boardGamesProducts,
  ...buildingSetsProducts,
  ...puzzlesProducts,
  ...softToysProducts,
  ...writingProducts,
  ...paperProducts,
  ...deskAccessoriesProducts,
  ...officeFurnitureProducts,
  ...plantsPotsProducts,
  ...gardenToolsProducts,
  ...outdoorLivingProducts,
  ...dogsProducts,
  ...catsProducts,
  ...smallPetsBirdsProducts,
];
