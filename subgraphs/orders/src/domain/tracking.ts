import { anyText, line } from '@commerce/kit/text';
import { z } from 'zod';
import type { TrackingRecord } from '../data/order-record.ts';

/** Where the carriers show a parcel, by their name in lower case. */
const trackingPages: ReadonlyMap<string, string> = new Map([
  ['ups', 'https://www.ups.com/track?tracknum='],
  ['usps', 'https://tools.usps.com/go/TrackConfirmAction?tLabels='],
  ['fedex', 'https://www.fedex.com/fedextrack/?trknbr='],
  ['dhl', 'https://www.dhl.com/global-en/home/tracking.html?tracking-id='],
]);

const MAX_URL_LENGTH = 2_000;

function isWebPage(url: string): boolean {
  return url.length <= MAX_URL_LENGTH && /^https?:\/\//i.test(url) && URL.canParse(url);
}

/** How a parcel can be followed. The page is made from a known carrier and the number where it is not given. */
export const trackingInput = z
  .object({
    carrier: line(1, 100),
    // Not refused for looking like a card number: one in ten numbers of a carrier passes the check by chance.
    trackingNumber: line(1, 100),
    url: anyText.refine(isWebPage, 'must be an http(s) URL').nullish(),
  })
  .transform(
    ({ carrier, trackingNumber, url }): TrackingRecord => ({
      carrier,
      trackingNumber,
      url: url ?? trackingUrl(carrier, trackingNumber),
    }),
  );

function trackingUrl(carrier: string, trackingNumber: string): string | null {
  const page = trackingPages.get(carrier.toLowerCase());
  return page === undefined ? null : page + encodeURIComponent(trackingNumber);
}
