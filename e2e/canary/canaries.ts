/** Something that must stand in no output. */
export type Canary = { name: string; text: string };

/** Something that may hold one. */
export type Output = { name: string; text: string };

export type Leak = { canary: string; output: string; around: string };

/** Shapes of secrets that this run cannot know: tokens between the services, hashes of passwords. */
const shapes: readonly { name: string; pattern: RegExp }[] = [
  { name: 'a signed token', pattern: /eyj[\w-]{12,}\.eyj[\w-]{12,}/ },
  { name: 'a bcrypt hash', pattern: /\$2[aby]\$\d\d\$/ },
];

/** Shorter parts may stand somewhere by chance. */
const MIN_CORE = 10;
const MAX_LEAKS_OF_ONE = 3;

/** Looks for canaries in each form that text takes on its way: as it is, escaped, encoded; in any case, since
 *  addresses are lower-cased. */
export function findLeaks(canaries: readonly Canary[], outputs: readonly Output[]): Leak[] {
  const sought = canaries.map(({ name, text }) => ({ name, forms: formsOf(text) }));
  return outputs.flatMap((output) => {
    const text = output.text.toLowerCase();
    const leaks: Leak[] = [];
    const note = (canary: string, at: number) => {
      const around = output.text.slice(Math.max(0, at - 300), at + 120);
      leaks.push({ canary, output: output.name, around });
    };
    for (const { name, forms } of sought) {
      const places = forms.map((form) => text.indexOf(form)).filter((place) => place !== -1);
      for (const place of [...new Set(places)].slice(0, MAX_LEAKS_OF_ONE)) note(name, place);
    }
    for (const { name, pattern } of shapes) {
      const found = pattern.exec(text);
      if (found) note(name, found.index);
    }
    return leaks;
  });
}

/** @returns lower-cased forms */
export function formsOf(text: string): string[] {
  const core = coreOf(text);
  const forms = [text, ...(core === null ? [] : [core])].flatMap((part) => [
    part,
    encodeURIComponent(part),
    encodeURIComponent(encodeURIComponent(part)),
    new URLSearchParams({ x: part }).toString().slice(2),
    escaped(part),
    escaped(escaped(part)),
    ...base64Forms(part),
    Buffer.from(part).toString('hex'),
  ]);
  return [...new Set(forms.map((form) => form.toLowerCase()))];
}

/** The longest stretch that no escaping changes. */
function coreOf(text: string): string | null {
  const stretches = text.match(/[A-Za-z0-9]+/g) ?? [];
  const [longest = ''] = stretches.sort((one, other) => other.length - one.length);
  return longest.length >= MIN_CORE ? longest : null;
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Within a longer text three bytes become four letters, wherever the part begins: its ends are left out. */
function base64Forms(text: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(text)]);
    const encoded = bytes.toString('base64').replace(/=+$/, '');
    const inner = encoded.slice(shift === 0 ? 0 : shift + 1, bytes.length % 3 === 0 ? undefined : -1);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}
