import { demoCategories } from './categories.ts';
import type { DemoProduct } from './demo-product.ts';
import type { Layer } from './illustrations/layer.ts';
import { illustrations } from './illustrations.ts';
import { accentFor, type Backdrop, backdropOf, inks, paintOf } from './palette.ts';

type Pictured = Pick<DemoProduct, 'productId' | 'brand' | 'categorySlug' | 'illustration' | 'specifications'>;

const topSlugBySlug = topSlugs();
const wholeField = 'M0,0h100v100H0';

/**
 * Two drawings of a product as self-contained SVG data URIs: standing in a soft light, and tilted before a wall
 * with the brand's name beneath. Its colour is that of its specifications. Each takes about 900 bytes and never
 * over 1,000, since a page of products carries them all.
 */
export function productImages(product: Pictured): string[] {
  const backdrop = backdropOf(topSlugBySlug.get(product.categorySlug) ?? '');
  const number = Number(product.productId.slice(-3));
  const body =
    paintOf(product.specifications.color ?? '') ?? backdrop.bodies[number % backdrop.bodies.length] ?? '#567';
  const drawing = drawLayers(illustrations[product.illustration], { a: body, b: accentFor(body, number) });
  return [standing(drawing, backdrop), beforeWall(drawing, backdrop, product.brand)].map(dataUri);
}

function standing(drawing: string, { glow, edge }: Backdrop): string {
  const light = `<radialGradient id="g"><stop stop-color="${glow}"/><stop offset="1" stop-color="${edge}"/></radialGradient>`;
  const shadow = '<path stroke="#0002" stroke-width="5" d="M24,85h52"/>';
  return `${light}<path fill="url(#g)" d="${wholeField}"/>${shadow}${drawing}`;
}

function beforeWall(drawing: string, { wall, edge }: Backdrop, brand: string): string {
  const disc = `<path stroke="${edge}" stroke-width="78" d="M50,45h0"/>`;
  const tilted = `<g transform="matrix(.7,-.15,.15,.7,8,18)">${drawing}</g>`;
  const label = `<text x="6" y="94" fill="#fff" style="font:7px sans-serif">${escapeXml(brand)}</text>`;
  return `<path fill="${wall}" d="${wholeField}"/>${disc}${tilted}${label}`;
}

function topSlugs(): ReadonlyMap<string, string> {
  const slugById = new Map(demoCategories.map(({ categoryId, slug }) => [categoryId, slug]));
  return new Map(
    demoCategories.map(({ slug, parentId }) => [slug, (parentId && slugById.get(parentId)) ?? slug]),
  );
}

function drawLayers(layers: readonly Layer[], paints: Readonly<Record<'a' | 'b', string>>): string {
  const colours: Readonly<Record<string, string>> = { ...inks, ...paints };
  return layers
    .map((layer) => {
      const space = layer.indexOf(' ');
      const colour = colours[layer.charAt(0)] ?? '#000';
      const width = layer.slice(1, space);
      // A minus parts two numbers as well as a comma does, and a filled path closes by itself.
      const path = layer.slice(space + 1).replaceAll(',-', '-');
      return width === ''
        ? `<path fill="${colour}" d="${path.replaceAll('z', '')}"/>`
        : `<path stroke="${colour}" stroke-width="${width}" d="${path}"/>`;
    })
    .join('');
}

function dataUri(content: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0,0,100,100" fill="none" stroke-linecap="round">${content}</svg>`;
  return `data:image/svg+xml,${percentEncode(svg)}`;
}

/**
 * Encodes all that would break the URI in an HTML attribute, a srcset or an unquoted CSS url(), parentheses and
 * quotes included; what is harmless in all of them stays readable and short.
 */
function percentEncode(svg: string): string {
  return encodeURIComponent(svg)
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%(?:2C|2F|3A|3B|3D)/g, decodeURIComponent);
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
