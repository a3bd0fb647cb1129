import type { Cents } from '@commerce/kit/money';
import type { Offer } from '../clients/catalog.ts';
import type { OfferLoader } from '../clients/offer-loader.ts';
import type { CartLine } from '../data/cart-record.ts';

/** By product id; null where there is no such product. */
export type Offers = ReadonlyMap<string, Offer | null>;

/** A line and what one piece costs now. */
export type PricedLine = CartLine & { priceCents: Cents };

/** Another subgraph's product: this one knows its id only. */
export type ProductStub = { __typename: 'Product'; productId: string };

/** @throws AppError SYS_002 while the catalog is away */
export async function loadOffers(loader: OfferLoader, productIds: readonly string[]): Promise<Offers> {
  const entries = productIds.map(async (id) => [id, await loader.load(id)] as const);
  return new Map(await Promise.all(entries));
}

export function priceLines(lines: readonly CartLine[], offers: Offers | null): PricedLine[] {
  return lines.map((line) => ({ ...line, priceCents: presentPrice(line, offers) }));
}

/** @param offers null while the catalog is away
 *  @returns the price last shown where there is no present one */
export function presentPrice(line: CartLine, offers: Offers | null): Cents {
  const offer = offers && offerFor(line, offers);
  return offer?.priceCents ?? line.shownPriceCents;
}

/** The offer that a line stands for; null where the product is gone, or now costs another currency
 *  than the cart's, which cannot be added up with the other lines. */
export function offerFor(line: CartLine, offers: Offers): Offer | null {
  const offer = offers.get(line.productId) ?? null;
  return offer?.currencyCode === line.currencyCode ? offer : null;
}

export function pricesByProduct(lines: readonly PricedLine[]): Map<string, Cents> {
  return new Map(lines.map((line) => [line.productId, line.priceCents]));
}

/** Of all lines; an empty cart has the shop's own. */
export function currencyOf(lines: readonly CartLine[]): string {
  return lines[0]?.currencyCode ?? 'USD';
}
