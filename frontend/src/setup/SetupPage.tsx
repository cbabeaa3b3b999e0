/** First steps of an installation. */
import { Empty } from "@/ui";

export function SetupPage({ hostname }: { hostname: string; onDone: () => void }) {
  return <Empty title={hostname} />;
}
