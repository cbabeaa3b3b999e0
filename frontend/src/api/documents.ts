/**
 * A GraphQL document as the code holds it: its persisted hash, and its text where it is needed.
 *
 * In a built page the text is left out of queries and mutations (see vite.config.ts): the server knows it.
 */
import type { TypedDocumentString } from "./gql/graphql";

export type GraphqlDocument<Result, Variables> = TypedDocumentString<Result, Variables>;
export type ResultOf<D> = D extends TypedDocumentString<infer Result, infer _> ? Result : never;
export type VariablesOf<D> = D extends TypedDocumentString<infer _, infer Variables> ? Variables : never;

/** The hash the server knows the document by. */
export function hashOf(document: GraphqlDocument<unknown, never>): string {
  const hash: unknown = document.__meta__?.hash;
  if (typeof hash !== "string") throw new Error("A document without a hash: run npm run codegen");
  return hash;
}
