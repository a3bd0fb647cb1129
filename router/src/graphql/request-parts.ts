import { z } from 'zod';

/** What the router itself looks at in a GraphQL request, before Apollo does. Untrusted: of any type. */
export type RequestParts = { query: unknown; variables: unknown; extensions: unknown };

const NOTHING: RequestParts = { query: undefined, variables: undefined, extensions: undefined };

const partsSchema = z.object({
  query: z.unknown().optional(),
  variables: z.unknown().optional(),
  extensions: z.unknown().optional(),
});

/** @returns nothing where the body is no object, such as a batch, which Apollo refuses */
export function partsOfBody(body: unknown): RequestParts {
  const parsed = partsSchema.safeParse(body);
  return parsed.success ? { ...NOTHING, ...parsed.data } : NOTHING;
}

/** @param search of a URL, with its `?` */
export function partsOfSearch(search: string): RequestParts {
  const parameters = new URLSearchParams(search);
  return {
    query: parameters.get('query') ?? undefined,
    variables: parseJson(parameters.get('variables')),
    extensions: parseJson(parameters.get('extensions')),
  };
}

/** What is malformed is left to Apollo, which says so. */
function parseJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
