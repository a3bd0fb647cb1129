import { errorCatalogue, isErrorCode } from '@commerce/kit/error-catalogue';
import { z } from 'zod';
import type { Answer, Fate, Place } from './place.ts';

const code = z.string().refine(isErrorCode);

const envelope = z.strictObject({
  success: z.literal(false),
  error: z.strictObject({
    code,
    message: z.string(),
    details: z.unknown().optional(),
    timestamp: z.string(),
    path: z.string(),
    requestId: z.string(),
  }),
});
const graphqlErrors = z.array(
  z.object({
    message: z.string(),
    extensions: z.object({ code, httpStatus: z.int(), requestId: z.string() }),
  }),
);
const graphqlAnswer = z.object({ data: z.unknown().optional(), errors: graphqlErrors.default([]) });

/** What says that a value cannot be: by its form, or because no id looks like it. */
const faultsOfInput: ReadonlySet<string> = new Set(['VAL_001', 'VAL_002']);
/** BUS_002: a product that the order to be refunded does not have. */
const faultsOfIds: ReadonlySet<string> = new Set([...faultsOfInput, 'RES_001', 'BUS_002']);

/** @returns what is wrong with an answer; null where it is as it has to be */
export function findFault(place: Place, fate: Fate, answer: Answer): string | null {
  if (answer.status >= 500) return `${answer.status} ${answer.text.slice(0, 300)}`;
  const codes = place.api === 'rest' ? restCodes(answer) : graphqlCodes(answer);
  if (codes === null) return `no answer of ours: ${answer.status} ${answer.text.slice(0, 300)}`;
  const ownFaults = codes.filter((each) => isErrorCode(each) && errorCatalogue[each].httpStatus >= 500);
  if (ownFaults.length > 0) return `${ownFaults.join(', ')}: ${answer.text.slice(0, 300)}`;
  if (fate === 'harmless') return null;
  if (codes.length === 0) return `accepted: ${answer.status} ${answer.text.slice(0, 300)}`;
  const expected = place.shape.kind === 'id' ? faultsOfIds : faultsOfInput;
  const others = codes.filter((each) => !expected.has(each));
  return others.length === 0 ? null : `refused for another reason: ${others.join(', ')}`;
}

/** @returns null where the answer is neither a success nor an error of the catalogue */
export function codesOf(place: Pick<Place, 'api'>, answer: Answer): string[] | null {
  return place.api === 'rest' ? restCodes(answer) : graphqlCodes(answer);
}

function restCodes({ status, text }: Answer): string[] | null {
  if (status >= 200 && status < 300) return [];
  const parsed = envelope.safeParse(jsonOf(text));
  return parsed.success && status >= 400 ? [parsed.data.error.code] : null;
}

function graphqlCodes({ text }: Answer): string[] | null {
  const parsed = graphqlAnswer.safeParse(jsonOf(text));
  return parsed.success ? parsed.data.errors.map(({ extensions }) => extensions.code) : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
