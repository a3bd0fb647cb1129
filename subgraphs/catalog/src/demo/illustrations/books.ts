import type { IllustrationSet, Layer } from './layer.ts';

/** A standing book: pages, cover, spine and the lines of a title; the emblem comes on top. */
function book(...emblem: readonly Layer[]): readonly Layer[] {
  return [
    't M34,20h44v62h-44z',
    'a M26,15h48v65h-48z',
    's M26,15h6v65h-6z',
    ...emblem,
    'h3 M41,66h24M45,72h16',
  ];
}

export const booksIllustrations = {
  'book-lighthouse': book(
    'w M48,36h10l3,22h-16z',
    'b M47,42h12l1,7h-14z',
    'y M48,26h10v9h-10z',
    'y2 M41,28l-5,-3M65,28l5,-3',
  ),
  'book-map': book(
    'w M38,32l10,5l10,-5l10,5v20l-10,-5l-10,5l-10,-5z',
    's2 M48,37v20M58,32v20',
    'b5 M61,44h0',
  ),
  'book-train': book('w M40,30h26v20h-26z', 'b M44,34h7v8h-7zM55,34h7v8h-7z', 'y6 M45,54h0M61,54h0'),
  'book-leaf': book('w M41,57q-4,-26,26,-28q2,30,-26,28z', 'a2 M40,58l16,-18'),
  'book-moon': book('y M57,27a16,16,0,1,0,11,25a14,14,0,0,1,-11,-25z', 'w2 M64,32h0M42,26h0M67,42h0'),
  'book-key': book('y4 M45,29a7,7,0,1,0,.1,0M50,41l16,16M60,51l5,-5'),
  'book-letter': book('w M38,32h30v24h-30z', 'b2 M39,34l14,11l14,-11'),
  'book-wave': book(
    'w3 M38,32q5,-6,10,0t10,0t10,0M38,42q5,-6,10,0t10,0t10,0',
    'b3 M38,52q5,-6,10,0t10,0t10,0',
  ),
  'book-bird': book('w M36,46q8,-17,22,-10l11,-4l-6,9q1,17,-17,17q3,-5,0,-7q-6,0,-10,-5z', 'd3 M58,40h0'),
  'book-number': book('w5 M40,35h27M48,35v20M60,35v16q0,4,5,4'),
  'book-mountain': book('y9 M63,30h0', 'w M35,58l14,-26l8,13l4,-6l11,19z', 'b M49,32l5,9l-5,3l-4,-3z'),
  'book-planet': book('y24 M53,43h0', 'w3 M35,51q6,8,22,-4t13,-12'),
  'book-bread': book('y M38,48q0,-15,15,-15t15,15v9h-30z', 'a2 M46,39l3,7M54,38l3,7'),
  'book-pot': book('w M40,40h26v11q0,7,-7,7h-12q-7,0,-7,-7z', 'w4 M38,37h30M51,31h4'),
  'book-noodle': book('y2 M60,24l-10,18M67,26l-11,16', 'w M37,42h32q0,17,-16,17t-16,-17z'),
  'book-jar': book('w M43,36h20v19q0,3,-3,3h-14q-3,0,-3,-3z', 'y M44,28h18v6h-18z', 'b9 M53,47h0'),
  'book-cup': book(
    'w M38,38h24v10q0,10,-10,10h-4q-10,0,-10,-10z',
    'w3 M62,41q7,0,6,6t-8,4M46,32q-3,-3,0,-6M54,32q-3,-3,0,-6',
  ),
  'book-bear': book('w11 M44,32h0M62,32h0', 'w26 M53,44h0', 'd4 M48,42h0M58,42h0M52,49h2'),
  'book-beetle': book('d10 M53,32h0', 'w26 M53,46h0', 'd3 M53,34v24M47,45h0m12,0h0'),
  'book-star': book('y M53,26l5,11l12,1l-9,8l3,12l-11,-6l-11,6l3,-12l-9,-8l12,-1z'),
} satisfies IllustrationSet;
