import { deriveInternalKey } from '@commerce/kit/internal-keys';
import { createTokenMint, INTERNAL_TOKEN_HEADER } from '@commerce/kit/internal-token';
import type { Viewer } from '@commerce/kit/viewer';
import type { TestSupergraph } from '@commerce/testkit/in-process-supergraph';
import { z } from 'zod';
import { createShopClient } from '../client.ts';
import { documentOf } from './documents.ts';
import type { RootField, SubgraphName } from './schemas.ts';

/** An answer without what differs from one request to the next. */
export type Answer = {
  data: Record<string, unknown> | null;
  errors: { path: readonly (string | number)[]; code: string; message: string }[];
};

const graphqlAnswer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.object({ code: z.string() }),
      }),
    )
    .default([]),
});

type Question = { document: string; variables: Record<string, unknown> };

/** Asks a shop: as its clients do, and as its router does. */
export type Asker = {
  askPublic(document: string, token: string | null, variables?: Record<string, unknown>): Promise<Answer>;
  askRoot(root: RootField, variables: Record<string, unknown>, token: string | null): Promise<Answer>;
  askSubgraph(name: SubgraphName, question: Question, viewer: Viewer): Promise<Answer>;
  /** HTTP statuses of a subgraph asked without a token, with a client's, and with another subgraph's. */
  statusesOfStrangers(name: SubgraphName, who: { token: string; viewer: Viewer }): Promise<number[]>;
};

export function createAsker(shop: Pick<TestSupergraph, 'url' | 'origins' | 'internalTokenSecret'>): Asker {
  const client = createShopClient(shop.url);
  // As the viewer's own service where it is one: it holds keys for those that it calls, and makes up the others.
  const mint = (viewer: Viewer, audience: SubgraphName) => {
    const issuer = viewer.kind === 'service' ? viewer.name : 'router';
    const key = deriveInternalKey(shop.internalTokenSecret, { issuer, audience });
    return createTokenMint(issuer, { [audience]: key })({ viewer, clientAddress: '127.0.0.1' }, audience);
  };

  async function askPublic(query: string, token: string | null, variables = {}): Promise<Answer> {
    const { body } = await client.rest('POST', '/graphql', {
      body: { query, variables },
      ...(token === null ? {} : { token }),
    });
    return answerOf(body);
  }

  async function post(name: SubgraphName, body: object, headers: Record<string, string>): Promise<Response> {
    return await fetch(`${shop.origins[name]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  return {
    askPublic,
    askRoot: async (root, variables, token) => await askPublic(documentOf(root, variables), token, variables),
    async askSubgraph(name, { document, variables }, viewer) {
      const token = mint(viewer, name);
      const response = await post(name, { query: document, variables }, { [INTERNAL_TOKEN_HEADER]: token });
      return answerOf(await response.json());
    },
    async statusesOfStrangers(name, { token, viewer }) {
      const elsewhere = name === 'users' ? 'catalog' : 'users';
      const headers = [
        {},
        { authorization: `Bearer ${token}` },
        { [INTERNAL_TOKEN_HEADER]: token },
        { [INTERNAL_TOKEN_HEADER]: mint(viewer, elsewhere) },
      ];
      const questions = ['{ __typename }', '{ _service { sdl } }'];
      const answers = questions.flatMap((query) => headers.map((each) => post(name, { query }, each)));
      return (await Promise.all(answers)).map(({ status }) => status);
    },
  };
}

function answerOf(body: unknown): Answer {
  const { data = null, errors } = graphqlAnswer.parse(body);
  return {
    data,
    errors: errors.map(({ path = [], message, extensions }) => ({ path, message, code: extensions.code })),
  };
}
