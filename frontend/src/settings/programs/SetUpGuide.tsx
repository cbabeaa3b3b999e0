/** How mail programs are set up here: step by step for the known ones, and the servers for any other. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useViewer } from "@/app";
import { CopyButton } from "@/setup";
import { Tabs } from "@/ui";
import type { MailServer } from "../documents";
import styles from "../Settings.module.css";

/** The first of a protocol: the server names the best one first. */
function bestOf(servers: readonly MailServer[], protocol: MailServer["protocol"]): MailServer | undefined {
  return servers.find((one) => one.protocol === protocol);
}

export function SetUpGuide({ servers }: { servers: readonly MailServer[] }) {
  const { t } = useLingui();
  const [selected, setSelected] = useState("thunderbird");
  const address = useViewer().address ?? "";
  return (
    <Tabs
      label={t`Program`}
      selected={selected}
      onSelect={setSelected}
      tabs={[
        { id: "thunderbird", label: "Thunderbird", content: <Thunderbird address={address} /> },
        { id: "apple", label: "Apple Mail", content: <Apple address={address} /> },
        { id: "outlook", label: "Outlook", content: <Outlook address={address} servers={servers} /> },
        { id: "other", label: t`Another`, content: <Servers address={address} servers={servers} /> },
      ]}
    />
  );
}

function Steps({ children }: { children: ReactNode }) {
  return (
    <div className={styles.part}>
      <ol className={styles.steps}>{children}</ol>
    </div>
  );
}

function Thunderbird({ address }: { address: string }) {
  return (
    <Steps>
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

function Apple({ address }: { address: string }) {
  return (
    <Steps>
      <li>
        <a href={`/mobileconfig/${encodeURIComponent(address)}`} download>
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

function Servers({ address, servers }: { address: string; servers: readonly MailServer[] }) {
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
    </div>
  );
}
