/** A link within administration. */
import { Link } from "@tanstack/react-router";
import type { ComponentProps, ReactNode } from "react";

type AdminLinkProps = {
  to: string;
  children: ReactNode;
  className?: string;
  isCurrent?: boolean;
} & Pick<ComponentProps<"a">, "aria-label">;

export function AdminLink({ to, children, className, isCurrent, ...rest }: AdminLinkProps) {
  return (
    <Link
      to="/admin/$"
      params={{ _splat: to }}
      className={className}
      aria-current={isCurrent ? "page" : undefined}
      activeProps={{}}
      activeOptions={{ exact: true }}
      {...rest}
    >
      {children}
    </Link>
  );
}
