/** What the banner asks and orders. */
import { graphql } from "@/api";

export const VacationStandQuery = graphql(`
  query VacationStand {
    vacation { isOn endsAt }
  }
`);

export const EndVacationMutation = graphql(`
  mutation EndVacation {
    endVacation { isOn }
  }
`);
