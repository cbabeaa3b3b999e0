/** What the mail page says while the vacation reply is on; small, since everybody loads it. */
export { VacationBanner } from "./VacationBanner";
