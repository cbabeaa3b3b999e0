export function MailPage() {
  return <p>mail</p>;
}
