/** First steps of an installation: administrator, domain, first user, then what to tell the world. */
import { Trans, useLingui } from "@lingui/react/macro";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { graphql, isApiError, type ResultOf, request } from "@/api";
import { useTitle } from "@/app";
import { Logo } from "@/app/Logo";
import { Button } from "@/ui";
import { type AnswerField, type Answers, guessDomain, problemsOf, type Step, stepOf, steps } from "./answers";
import { DoneStep } from "./DoneStep";
import { strengthOf } from "./password";
import styles from "./Setup.module.css";
import { StepFields } from "./StepFields";
import { Summary } from "./Summary";

const SetUpMutation = graphql(`
  mutation SetUp($input: SetUpInput!) {
    setUp(input: $input) {
      viewer { address }
      domain { id name displayName dnsRecords { name type value purpose } }
    }
  }
`);

export type SetUpResult = ResultOf<typeof SetUpMutation>["setUp"];
export type Errors = Partial<Record<AnswerField, string>>;

export function SetupPage({ hostname, onDone }: { hostname: string; onDone: () => void }) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>("administrator");
  const [answers, setAnswers] = useState<Answers>(() => ({
    administratorName: "",
    administratorPassword: "",
    domain: guessDomain(hostname),
    userName: "",
    userLocalpart: "",
    userPassword: "",
  }));
  const [errors, setErrors] = useState<Errors>({});
  const [failure, setFailure] = useState<string>();
  const [isPending, setPending] = useState(false);
  const [result, setResult] = useState<SetUpResult>();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const headingId = useId();
  useTitle(t`Set up`);

  const titles: Record<Step, string> = {
    administrator: t`Who looks after the system?`,
    domain: t`Which domain is the mail for?`,
    user: t`Who gets the first mailbox?`,
    summary: t`Is everything right?`,
    done: t`Your mail server is ready`,
  };
  const number = steps.indexOf(step) + 1;
  const asked = steps.length - 1;

  useEffect(() => {
    const first = form.current?.querySelector<HTMLElement>("[aria-invalid], input");
    if (first !== undefined && first !== null) first.focus();
    else heading.current?.focus();
  }, [step]);

  function change(field: AnswerField, value: string) {
    setAnswers((before) => ({ ...before, [field]: value }));
    setErrors(({ [field]: _, ...rest }) => rest);
  }
  function names(field: AnswerField): string[] {
    return field === "administratorPassword"
      ? [answers.administratorName]
      : [answers.userName, answers.userLocalpart, `${answers.userLocalpart}@${answers.domain}`];
  }
  function refuse(found: Errors) {
    setErrors(found);
    queueMicrotask(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
  }

  function check(): Errors {
    const texts = {
      missing: t`This is needed`,
      weak: t`Please choose a stronger password`,
      notADomain: t`A domain looks like example.org`,
      notALocalpart: t`Only the part before the @, without spaces`,
      samePassword: t`Please choose another password than the administrator’s`,
    };
    const isWeak = (field: AnswerField) => strengthOf(answers[field], names(field)).score === 0;
    return Object.fromEntries(
      Object.entries(problemsOf(step, answers, isWeak)).map(([field, problem]) => [field, texts[problem]]),
    );
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    const found = check();
    if (Object.keys(found).length > 0) return refuse(found);
    const next = steps[steps.indexOf(step) + 1];
    if (step !== "summary") return next === undefined ? undefined : setStep(next);
    await setUp();
  }

  async function setUp() {
    setPending(true);
    setFailure(undefined);
    try {
      const { setUp: made } = await request(SetUpMutation, {
        input: {
          ...answers,
          administratorName: answers.administratorName.trim(),
          domain: answers.domain.trim(),
          userName: answers.userName.trim(),
          userLocalpart: answers.userLocalpart.trim(),
        },
      });
      setResult(made);
      setStep("done");
    } catch (error) {
      const place = isApiError(error) && error.field !== undefined ? stepOf(error.field) : undefined;
      if (place === undefined || !isApiError(error) || error.field === undefined) {
        setFailure(error instanceof Error ? error.message : String(error));
      } else {
        setErrors({ [error.field]: error.message });
        setStep(place);
      }
    } finally {
      setPending(false);
    }
  }

  return (
    <main className={styles.page}>
      <div className={styles.card} data-wide={step === "done" || undefined}>
        <header className={styles.head}>
          <p className={styles.host}>
            <Logo />
            {hostname}
          </p>
          {step !== "done" && (
            <p className={styles.step}>
              <Trans>
                Step {number} of {asked}
              </Trans>
            </p>
          )}
        </header>
        {step !== "done" && (
          <div className={styles.track} aria-hidden="true">
            {steps.slice(0, asked).map((one, index) => (
              <span key={one} data-on={index < number || undefined} />
            ))}
          </div>
        )}
        <h1 className={styles.title} id={headingId} ref={heading} tabIndex={-1}>
          {titles[step]}
        </h1>
        {step === "done" && result !== undefined ? (
          <DoneStep hostname={hostname} result={result} onDone={onDone} />
        ) : (
          <form
            ref={form}
            className={styles.form}
            onSubmit={submit}
            noValidate
            aria-labelledby={headingId}
            key={step}
          >
            {step === "summary" ? (
              <Summary answers={answers} onChange={setStep} />
            ) : (
              <StepFields step={step} answers={answers} errors={errors} onChange={change} />
            )}
            {failure !== undefined && (
              <p className={styles.failure} role="alert">
                {failure}
              </p>
            )}
            <div className={styles.buttons}>
              {number > 1 && (
                <Button
                  variant="quiet"
                  disabled={isPending}
                  onClick={() => setStep(steps[number - 2] ?? "administrator")}
                >
                  <Trans>Back</Trans>
                </Button>
              )}
              <Button type="submit" variant="primary" size="l" pending={isPending}>
                {step === "summary" ? <Trans>Set up</Trans> : <Trans>Continue</Trans>}
              </Button>
            </div>
          </form>
        )}
      </div>
    </main>
  );
}
