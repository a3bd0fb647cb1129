// Our amounts are hundredths, Stripe's are the currency's smallest unit: only where both are the same may they be
// passed on. ISK and UGX are counted in hundredths for historical reasons, of which only whole hundreds are taken.
const otherUnits: ReadonlySet<string> = new Set([
  ...['BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'MGA', 'PYG', 'RWF'],
  ...['UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF'],
  ...['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'],
]);

/** Whether a currency's smallest unit is its hundredth. */
export function hasHundredths(currency: string): boolean {
  return !otherUnits.has(currency.toUpperCase());
}
