/** First steps of an installation, and the parts of it that administration uses again. */
export { CopyButton } from "./CopyButton";
export { DnsRecords } from "./DnsRecords";
export { PasswordField, type PasswordFieldProps } from "./PasswordField";
export { SetupPage } from "./SetupPage";
