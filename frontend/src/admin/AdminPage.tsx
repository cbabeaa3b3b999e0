/** Administration of domains and of the system. */
import { Empty } from "@/ui";

export function AdminPage({ path }: { path: string }) {
  return <Empty title={path} />;
}
