/** By which names a domain is known, and where its mail goes on to. */
import styles from "../Admin.module.css";
import type { Domain } from "../documents";
import { DomainNames } from "./DomainNames";
import { RouteSection } from "./RouteSection";

export function RoutingTab({ domain }: { domain: Domain }) {
  return (
    <div className={styles.part}>
      <DomainNames domain={domain} />
      <RouteSection domain={domain} />
    </div>
  );
}
