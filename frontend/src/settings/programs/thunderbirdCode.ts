/**
 * What Thunderbird for Android reads from a QR code to set an account up: nested JSON arrays, version 1 of the
 * format of its own export (feature/migration/qrcode/qr-code-format.md there).
 */
import type { MailServer } from "../documents";

export type ThunderbirdAccount = {
  address: string;
  name: string;
  password: string;
  servers: readonly MailServer[];
};

const IMAP = 0;
const SMTP = 0;
const STARTTLS = 2;
const TLS = 3;
const PASSWORD = 1;

/** Undefined where it cannot be said in that format: without both servers, or with an address beyond ASCII. */
export function thunderbirdCode({
  address,
  name,
  password,
  servers,
}: ThunderbirdAccount): string | undefined {
  const incoming = servers.find(({ protocol }) => protocol === "IMAP");
  const outgoing = servers.find(({ protocol }) => protocol === "SMTP");
  if (incoming === undefined || outgoing === undefined || !/^[!-~]+$/.test(address)) return undefined;
  const access = ({ host, port, security }: MailServer) => [
    host,
    port,
    security === "TLS" ? TLS : STARTTLS,
    PASSWORD,
    address,
  ];
  return JSON.stringify([
    1,
    [1, 1],
    [IMAP, ...access(incoming), address, password],
    [
      [
        [SMTP, ...access(outgoing), password],
        [address, name],
      ],
    ],
  ]);
}
