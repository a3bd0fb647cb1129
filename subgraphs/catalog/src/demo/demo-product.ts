import type { Illustration } from './illustrations.ts';

/** A product of the demonstration shop, as the seed writes it. */
export interface DemoProduct {
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly brand: string;
  /** One sentence. */
  readonly description: string;
  /** Two or three sentences. */
  readonly longDescription: string;
  readonly priceCents: number;
  readonly currency: 'USD';
  /** The slug of a category without children. */
  readonly categorySlug: string;
  /** The drawing that its images show. */
  readonly illustration: Illustration;
  /** Pieces on hand; 0 is sold out. */
  readonly stock: number;
  readonly specifications: Readonly<Record<string, string>>;
  /** 0 to 5, at most two decimals; 0 where nobody has reviewed it. */
  readonly rating: number;
  readonly reviewCount: number;
  /** ISO 8601 in UTC, different for every product, so that newest first is one order. */
  readonly createdAt: string;
  /** Absent means active. */
  readonly isActive?: false;
}
