/** A link within administration. */
import type { ComponentProps, ReactNode } from "react";
import { adminHref, Link } from "@/app";

type AdminLinkProps = {
  to: string;
  children: ReactNode;
  className?: string;
  isCurrent?: boolean;
} & Pick<ComponentProps<"a">, "aria-label">;

export function AdminLink({ to, children, className, isCurrent, ...rest }: AdminLinkProps) {
  return (
    <Link to={adminHref(to)} className={className} aria-current={isCurrent ? "page" : undefined} {...rest}>
      {children}
    </Link>
  );
}
