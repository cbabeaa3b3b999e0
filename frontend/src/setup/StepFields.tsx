/** The questions of one step. */
import { Trans, useLingui } from "@lingui/react/macro";
import { Field } from "@/ui";
import type { AnswerField, Answers, Step } from "./answers";
import { PasswordField } from "./PasswordField";
import styles from "./Setup.module.css";
import type { Errors } from "./SetupPage";

export type StepFieldsProps = {
  step: Step;
  answers: Answers;
  errors: Errors;
  onChange: (field: AnswerField, value: string) => void;
};

export function StepFields(props: StepFieldsProps) {
  if (props.step === "administrator") return <AdministratorFields {...props} />;
  if (props.step === "domain") return <DomainFields {...props} />;
  return <UserFields {...props} />;
}

function AdministratorFields({ answers, errors, onChange }: StepFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <p className={styles.lead}>
        <Trans>The system administrator manages domains and limits, and has no mailbox.</Trans>
      </p>
      <Field
        label={t`Name`}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        help={t`For signing in, for example “admin”`}
        value={answers.administratorName}
        error={errors.administratorName}
        onChange={(event) => onChange("administratorName", event.target.value)}
      />
      <PasswordField
        label={t`Password`}
        name="password"
        value={answers.administratorPassword}
        names={[answers.administratorName]}
        error={errors.administratorPassword}
        onChange={(value) => onChange("administratorPassword", value)}
      />
    </>
  );
}

function DomainFields({ answers, errors, onChange }: StepFieldsProps) {
  const { t } = useLingui();
  return (
    <>
      <p className={styles.lead}>
        <Trans>What stands after the @ in your addresses. More domains can be added later.</Trans>
      </p>
      <Field
        label={t`Domain`}
        name="domain"
        inputMode="url"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        placeholder="example.org"
        value={answers.domain}
        error={errors.domain}
        onChange={(event) => onChange("domain", event.target.value)}
      />
    </>
  );
}

function UserFields({ answers, errors, onChange }: StepFieldsProps) {
  const { t } = useLingui();
  const domain = answers.domain.trim();
  return (
    <>
      <p className={styles.lead}>
        <Trans>This person also administers {domain} and is signed in at the end.</Trans>
      </p>
      <Field
        label={t`Name`}
        name="name"
        autoComplete="name"
        help={t`As others see it in mail; may be left empty`}
        value={answers.userName}
        error={errors.userName}
        onChange={(event) => onChange("userName", event.target.value)}
      />
      <Field
        label={t`Address`}
        size={1}
        name="localpart"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode="email"
        required
        value={answers.userLocalpart}
        error={errors.userLocalpart}
        suffix={`@${domain}`}
        onChange={(event) => onChange("userLocalpart", withoutDomain(event.target.value, domain))}
      />
      <PasswordField
        label={t`Password`}
        name="user-password"
        value={answers.userPassword}
        names={[answers.userName, answers.userLocalpart, `${answers.userLocalpart}@${domain}`]}
        error={errors.userPassword}
        onChange={(value) => onChange("userPassword", value)}
      />
    </>
  );
}

/** Who pastes the whole address means the part before the @. */
function withoutDomain(text: string, domain: string): string {
  return text.toLowerCase().endsWith(`@${domain.toLowerCase()}`) ? text.slice(0, -domain.length - 1) : text;
}
