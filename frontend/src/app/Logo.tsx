/** The mark: a point over still water. */
export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" fill="none" aria-hidden="true">
      <circle cx="14" cy="9" r="4.6" fill="var(--accent)" />
      <path
        d="M2.5 19.5c3.8-3.4 7.7-3.4 11.5 0s7.7 3.4 11.5 0"
        stroke="var(--accent)"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
    </svg>
  );
}
