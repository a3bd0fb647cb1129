/** A category of the demonstration shop. Names and slugs are unique over the whole tree. */
export interface DemoCategory {
  readonly categoryId: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Null for a top category. */
  readonly parentId: string | null;
  /** The place among its siblings, from 0. */
  readonly position: number;
}

interface Branch {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  /** Slug, name and description of each child, in the order of display. */
  readonly children: readonly (readonly [slug: string, name: string, description: string])[];
}

const branches: readonly Branch[] = [
  {
    slug: 'electronics',
    name: 'Electronics',
    description: 'Sound, screens and clever things for the home, chosen to last longer than their warranty.',
    children: [
      ['audio', 'Audio', 'Headphones, speakers, turntables and microphones.'],
      ['phones-tablets', 'Phones & Tablets', 'Phones, tablets, readers and what charges them.'],
      ['computers', 'Computers', 'Laptops, monitors, keyboards and mice.'],
      ['cameras', 'Cameras & Photography', 'Camera bodies, lenses and tripods.'],
      ['wearables', 'Wearables', 'Watches, bands and rings that measure sport and sleep.'],
      ['smart-home', 'Smart Home', 'Heating, light and help around the house.'],
    ],
  },
  {
    slug: 'home-kitchen',
    name: 'Home & Kitchen',
    description: 'Everything between the stove and the bed.',
    children: [
      ['cookware', 'Cookware', 'Pans, pots, knives and bowls.'],
      ['small-appliances', 'Small Appliances', 'Kettles, toasters, grinders and coffee machines.'],
      ['bedding-bath', 'Bedding & Bath', 'Duvets, linen, pillows and towels.'],
      ['furniture', 'Furniture', 'Sofas, tables, shelves and stools in solid wood.'],
      ['lighting', 'Lighting', 'Lamps for tables, floors, ceilings and gardens.'],
    ],
  },
  {
    slug: 'sports-outdoors',
    name: 'Sports & Outdoors',
    description: 'Gear for hills, roads, water and the living-room floor.',
    children: [
      ['camping-hiking', 'Camping & Hiking', 'Tents, packs, sleeping bags and lanterns.'],
      ['cycling', 'Cycling', 'Bicycles, helmets, lights and pumps.'],
      ['fitness', 'Fitness & Yoga', 'Weights, mats, ropes and bands.'],
      ['water-sports', 'Water Sports', 'Kayaks, boards, goggles and dry bags.'],
    ],
  },
  {
    slug: 'books',
    name: 'Books',
    description: 'Stories, science, suppers and bedtime reading from four small publishers.',
    children: [
      ['fiction', 'Fiction', 'Novels, mysteries and one moon.'],
      ['science-nature', 'Science & Nature', 'Rivers, nights, numbers and birds.'],
      ['food-cooking', 'Food & Cooking', 'Cookery books that get stained.'],
      ['childrens-books', "Children's Books", 'Picture books and first chapters.'],
    ],
  },
  {
    slug: 'clothing',
    name: 'Clothing',
    description: 'Clothes and shoes from honest cloth, made to be mended.',
    children: [
      ['tops', 'Shirts & Knitwear', 'T-shirts, shirts, sweaters and cardigans.'],
      ['outerwear', 'Coats & Jackets', 'For rain, wind and frost.'],
      ['trousers', 'Trousers & Jeans', 'Jeans, chinos, shorts and hiking trousers.'],
      ['shoes', 'Shoes', 'Running shoes, boots and sandals.'],
      ['accessories', 'Accessories', 'Bags, hats, scarves, belts and sunglasses.'],
    ],
  },
  {
    slug: 'beauty',
    name: 'Beauty',
    description: 'Care for skin and hair, scent and colour, with everything on the label.',
    children: [
      ['skincare', 'Skincare', 'Creams, cleansers, serums and sunscreen.'],
      ['hair-care', 'Hair Care', 'Shampoo, brushes, oils and dryers.'],
      ['fragrance', 'Fragrance', 'Perfumes, candles and diffusers.'],
      ['makeup', 'Make-up', 'Lipstick, tint, powder and brushes.'],
    ],
  },
  {
    slug: 'toys-games',
    name: 'Toys & Games',
    description: 'Things to build, solve, hug and argue about.',
    children: [
      ['board-games', 'Board Games & Cards', 'For two, for four and for rainy Sundays.'],
      ['building-sets', 'Building Sets', 'Bricks, trains, tiles and marble runs.'],
      ['puzzles', 'Puzzles', 'Jigsaws and wooden puzzles from 24 to 2,000 pieces.'],
      ['soft-toys', 'Soft Toys & Dolls', 'Bears, rabbits, puppets and dolls.'],
    ],
  },
  {
    slug: 'office',
    name: 'Office',
    description: 'Paper, pens and furniture for a desk that you like to come back to.',
    children: [
      ['writing', 'Pens & Writing', 'Fountain pens, pencils and ink.'],
      ['paper', 'Notebooks & Paper', 'Notebooks, planners, cards and pads.'],
      ['desk-accessories', 'Desk Accessories', 'Organisers, stands, mats and hooks.'],
      ['office-furniture', 'Office Furniture', 'Chairs, desks and cabinets.'],
    ],
  },
  {
    slug: 'garden',
    name: 'Garden',
    description: 'From the seed to the evening by the fire.',
    children: [
      ['plants-pots', 'Plants & Pots', 'Plants, seeds and what they grow in.'],
      ['garden-tools', 'Garden Tools', 'Spades, secateurs, cans and gloves.'],
      ['outdoor-living', 'Outdoor Living', 'Fire bowls, parasols, hammocks and grills.'],
    ],
  },
  {
    slug: 'pets',
    name: 'Pets',
    description: 'Food, beds and toys for those who cannot order for themselves.',
    children: [
      ['dogs', 'Dogs', 'Collars, beds, chews and bowls.'],
      ['cats', 'Cats', 'Trees, toys, fountains and food.'],
      ['small-pets-birds', 'Small Pets & Birds', 'Feeders, hutches, tanks and hay.'],
    ],
  },
];

/** The category tree on two levels, every parent before its children. */
export const demoCategories: readonly DemoCategory[] = branches.flatMap(branchCategories);

function branchCategories(branch: Branch, position: number): DemoCategory[] {
  const { children, ...top } = branch;
  const categoryId = categoryIdOf(branch.slug);
  return [
    { categoryId, ...top, parentId: null, position },
    ...children.map(([slug, name, description], childPosition) => ({
      categoryId: categoryIdOf(slug),
      slug,
      name,
      description,
      parentId: categoryId,
      position: childPosition,
    })),
  ];
}

function categoryIdOf(slug: string): string {
  return `cat_${slug.replaceAll('-', '_')}`;
}
