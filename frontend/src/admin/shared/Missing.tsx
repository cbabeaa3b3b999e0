/** The page of something that is not there. */
import type { ReactNode } from "react";
import { useTitle } from "@/app";
import { Empty } from "@/ui";

export function Missing({ title, action }: { title: string; action?: ReactNode }) {
  useTitle(title);
  return <Empty isPage title={title} action={action} />;
}
