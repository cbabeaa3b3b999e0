/** What came to the inbox that somebody wants to hear of. */
import { graphql, type ResultOf } from "@/api";

export const NewsQuery = graphql(`
  query News($after: ID, $zone: String!) {
    news(after: $after, zone: $zone) {
      end
      messages { id sender subject }
    }
  }
`);

export type NewMessage = NonNullable<ResultOf<typeof NewsQuery>["news"]>["messages"][number];
