/** Questions and orders about the vacation reply to the server. */
import { graphql, type ResultOf } from "@/api";

export const VacationQuery = graphql(`
  query Vacation {
    vacation {
      isEnabled isOn subject text outside outsideText audience startsAt endsAt everyDays
    }
  }
`);

export const SetVacationMutation = graphql(`
  mutation SetVacation($input: VacationInput!) {
    setVacation(input: $input) { isEnabled isOn }
  }
`);

export type Vacation = ResultOf<typeof VacationQuery>["vacation"];
