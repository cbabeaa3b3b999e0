/** What decides about notifications, with who decided. */
import { graphql, type ResultOf } from "@/api";

export const NotificationSettingsQuery = graphql(`
  query NotificationSettings($id: ID!) {
    settings(level: USER, targetId: $id) {
      key value isEditable
      origin { level name isDefault }
      ceiling
      ceilingOrigin { level name isDefault }
    }
  }
`);

export type NotificationSetting = NonNullable<ResultOf<typeof NotificationSettingsQuery>["settings"]>[number];
