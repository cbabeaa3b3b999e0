/** How mail programs are set up here: step by step for the known ones, and the servers for any other. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useViewer } from "@/app";
import { CopyButton } from "@/setup";
import { Tabs } from "@/ui";
import type { MailServer } from "../documents";
import styles from "../Settings.module.css";
import { QrCode } from "../shared/QrCode";
import { thunderbirdCode } from "./thunderbirdCode";

/** The first of a protocol: the server names the best one first. */
function bestOf(servers: readonly MailServer[], protocol: MailServer["protocol"]): MailServer | undefined {
  return servers.find((one) => one.protocol === protocol);
}

/** A new password, as long as it is shown, and what it opens. */
export type NewPassword = { password: string; protocols: readonly MailServer["protocol"][] };
type SetUpGuideProps = { servers: readonly MailServer[]; made?: NewPassword };

/** With a new password there are codes for the camera of a phone. */
export function SetUpGuide({ servers, made }: SetUpGuideProps) {
  const { t } = useLingui();
  const [selected, setSelected] = useState("thunderbird");
  const viewer = useViewer();
  const address = viewer.address ?? "";
  const phone =
    made &&
    thunderbirdCode({
      address,
      name: viewer.name,
      password: made.password,
      servers: servers.filter(({ protocol }) => made.protocols.includes(protocol)),
    });
  return (
    <Tabs
      label={t`Program`}
      selected={selected}
      onSelect={setSelected}
      tabs={[
        { id: "thunderbird", label: "Thunderbird", content: <Thunderbird address={address} phone={phone} /> },
        {
          id: "apple",
          label: "Apple Mail",
          content: <Apple address={address} servers={servers} isNew={made !== undefined} />,
        },
        { id: "outlook", label: "Outlook", content: <Outlook address={address} servers={servers} /> },
        {
          id: "other",
          label: t`Another`,
          content: <Servers address={address} servers={servers} password={made?.password} />,
        },
      ]}
    />
  );
}

function Steps({ children, code }: { children: ReactNode; code?: ReactNode }) {
  return (
    <div className={styles.part}>
      <ol className={styles.steps}>{children}</ol>
      {code}
    </div>
  );
}

function Code({ text, label, children }: { text: string; label: string; children: ReactNode }) {
  return (
    <figure className={styles.code}>
      <QrCode text={text} label={label} />
      <figcaption className={styles.note}>{children}</figcaption>
    </figure>
  );
}

function Thunderbird({ address, phone }: { address: string; phone: string | undefined }) {
  const { t } = useLingui();
  const code = phone !== undefined && (
    <Code text={phone} label={t`QR code for Thunderbird for Android`}>
      <Trans>
        On an Android phone open Thunderbird, there Import settings, then Scan QR code. The account is set up
        with its password; show the code to nobody else.
      </Trans>
    </Code>
  );
  return (
    <Steps code={code}>
      <li>
        <Trans>In Thunderbird choose Account settings, then New account and Email.</Trans>
      </li>
      <li>
        <Trans>Type your name and {address}; it finds the servers by itself.</Trans>
      </li>
      <li>
        <Trans>When it asks for the password, give it the app password.</Trans>
      </li>
    </Steps>
  );
}

type AppleProps = { address: string; servers: readonly MailServer[]; isNew: boolean };

function Apple({ address, servers, isNew }: AppleProps) {
  const { t } = useLingui();
  // The profile names both.
  if (bestOf(servers, "IMAP") === undefined || bestOf(servers, "SMTP") === undefined) {
    return (
      <p className={styles.note}>
        <Trans>There is no profile here: ask your administrator for the servers.</Trans>
      </p>
    );
  }
  const profile = `/mobileconfig/${encodeURIComponent(address)}`;
  const code = isNew && (
    <Code text={location.origin + profile} label={t`QR code of the profile`}>
      <Trans>The camera of the iPhone or iPad opens this code and downloads the profile.</Trans>
    </Code>
  );
  return (
    <Steps code={code}>
      <li>
        <a href={profile} download>
          <Download aria-hidden="true" size={14} /> <Trans>Download the profile for {address}</Trans>
        </a>{" "}
        <Trans>on the iPhone, iPad or Mac itself.</Trans>
      </li>
      <li>
        <Trans>Open Settings (on a Mac System settings), there “Profile downloaded”, and install it.</Trans>
      </li>
      <li>
        <Trans>When it asks for the password, give it the app password, for receiving and for sending.</Trans>
      </li>
    </Steps>
  );
}

function Outlook({ address, servers }: { address: string; servers: readonly MailServer[] }) {
  const { t } = useLingui();
  const named = (server: MailServer | undefined) =>
    server === undefined
      ? ""
      : `${server.host}, ${server.port}, ${server.security === "TLS" ? "SSL/TLS" : "STARTTLS"}`;
  const imap = named(bestOf(servers, "IMAP"));
  const smtp = named(bestOf(servers, "SMTP"));
  return (
    <Steps>
      <li>
        <Trans>In Outlook choose File, Add account, and type {address}.</Trans>
      </li>
      <li>
        <Trans>When it asks for the password, give it the app password.</Trans>
      </li>
      <li>
        {imap !== "" && smtp !== ""
          ? t`If it finds no servers choose IMAP. Incoming: ${imap}. Outgoing: ${smtp}.`
          : t`If it finds no servers, ask your administrator for them.`}
      </li>
    </Steps>
  );
}

type ServersProps = { address: string; servers: readonly MailServer[]; password: string | undefined };

function Servers({ address, servers, password }: ServersProps) {
  const { t } = useLingui();
  const names = { IMAP: t`Incoming, IMAP`, POP3: t`Or POP3`, SMTP: t`Outgoing, SMTP` };
  const shown = (["IMAP", "POP3", "SMTP"] as const).flatMap((protocol) => bestOf(servers, protocol) ?? []);
  const rows = [
    ...shown.map(({ protocol, host, port, security }) => ({
      label: names[protocol],
      value: host,
      detail: security === "TLS" ? t`port ${port}, TLS` : t`port ${port}, STARTTLS`,
    })),
    { label: t`User name`, value: address, detail: t`for all of them` },
  ];
  return (
    <div className={styles.part}>
      <dl className={styles.servers}>
        {rows.map(({ label, value, detail }) => (
          <div key={label} className={styles.server}>
            <dt>{label}</dt>
            <dd className={styles.what}>
              <span className={styles.name}>{value}</span>
              <span className={styles.note}>{detail}</span>
            </dd>
            <dd>
              <CopyButton text={value} label={t`Copy: ${label}`} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        <Trans>The password is an app password.</Trans>
      </p>
      {password !== undefined && (
        <Code text={password} label={t`QR code of the app password`}>
          <Trans>The camera of a phone reads the password, so that you need not type it there.</Trans>
        </Code>
      )}
    </div>
  );
}
