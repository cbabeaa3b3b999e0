/** The way to the server. */
export type { GraphqlDocument, ResultOf, VariablesOf } from "./documents";
export { ApiError, type ErrorCode, isApiError } from "./errors";
export { graphql } from "./gql";
export type * from "./gql/graphql";
export { type RequestOptions, request, setUnauthenticatedHandler } from "./request";
export { subscribe } from "./subscribe";
export { type Uploaded, type UploadOptions, upload, uploadTo } from "./upload";
