/** A link within administration. */
import type { ComponentProps, ReactNode } from "react";
import { adminHref, Link } from "@/app";

type AdminLinkProps = {
  to: string;
  children: ReactNode;
  className?: string;
  isCurrent?: boolean;
} & Pick<ComponentProps<typeof Link>, "aria-label" | "isBack">;

export function AdminLink({ to, children, className, isCurrent, ...rest }: AdminLinkProps) {
  return (
    <Link to={adminHref(to)} className={className} aria-current={isCurrent ? "page" : undefined} {...rest}>
      {children}
    </Link>
  );
}
