/** First steps of an installation. */
export { SetupPage } from "./SetupPage";
